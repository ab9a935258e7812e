//! What only somebody with another polynomial could try.

use crate::entry::{Entry, Payload, Share};
use crate::group::{PointBytes, encode, scalar};
use curve25519_dalek::{RistrettoPoint, Scalar};
use world::{World, draft};

#[path = "../../tests/ballot/world.rs"]
#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
mod world;

/// A closed poll in which trustee 3 has changed its second coefficient: the poll's context, trustee 1's public share,
/// and trustee 1's share of the sums.
fn share_of_the_first(change: Scalar) -> (crate::Digest, RistrettoPoint, Share) {
    let mut world = World::empty(&draft((2, 3)));
    world.trustees[2].coefficients[1] += change;
    world.ceremony();
    world.enrol(20);
    world.approve_and_open();
    for slot in 1..=10 {
        let mut voter = world.voter(slot);
        world.vote(&mut voter, &[vec![0], vec![1]]);
    }
    world.close();
    let Payload::Share(share) = Entry::decode(&world.share(0).unwrap()).unwrap().payload else { panic!() };
    let public = world.state.course().ceremony().unwrap().public_share(1).unwrap();
    (*world.context().hash(), public, share)
}

/// The constant coefficients stay, so that joint key, context and sums are the same; an honest trustee's share is not.
/// With one nonce for both proofs, the colluder, who knows by how much the shares differ, could compute them.
#[test]
fn a_repeated_ceremony_does_not_make_a_trustee_use_a_nonce_twice() {
    let nonce = |public: &RistrettoPoint, share: &Share| -> PointBytes {
        let (c, s) = (scalar(&share.challenge).unwrap(), scalar(&share.response).unwrap());
        encode(&(RistrettoPoint::mul_base(&s) - c * public))
    };
    let (context, public, share) = share_of_the_first(Scalar::ZERO);
    let (again, other_public, other) = share_of_the_first(Scalar::ONE);
    assert_eq!((context, share.aggregate), (again, other.aggregate));
    assert_ne!(public, other_public);
    assert_ne!(nonce(&public, &share), nonce(&other_public, &other));
}
