//! Against `elastic-elgamal`, which nobody here wrote: the same group, the same exponential ElGamal. It has another
//! curve25519-dalek underneath, so everything goes through 32-byte encodings.

use crate::forge::{SEALED, t};
use crate::world::{World, draft};
use ballot::tally;
use curve25519_dalek::Scalar;
use elastic_elgamal::group::Ristretto;
use elastic_elgamal::{Ciphertext, DiscreteLogTable, Keypair, PublicKey, SecretKey};
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The secret key of a system-key poll, derived by hand from the code that `World` draws first.
fn secret(world: &World) -> SecretKey<Ristretto> {
    let mut code = [0; 16];
    rand_chacha::ChaCha20Rng::from_seed([7; 32]).fill_bytes(&mut code);
    let master = t("trustee", &[&code, &world.manifest.poll.0, &[1]]);
    let secret = Scalar::from_bytes_mod_order_wide(&t("trustee-coefficient", &[&master, &[0]]));
    SecretKey::from_bytes(secret.as_bytes()).unwrap()
}

fn ciphertext(bytes: &[u8]) -> Ciphertext<Ristretto> {
    serde_json::from_value(serde_json::json!({
        "random_element": data_encoding::BASE64URL_NOPAD.encode(&bytes[..32]),
        "blinded_element": data_encoding::BASE64URL_NOPAD.encode(&bytes[32..64]),
    }))
    .unwrap()
}

#[test]
fn our_ciphertexts_and_their_sums_open_to_the_same_values() {
    let mut world = World::open(&draft((1, 1)), 12);
    let keys: Keypair<Ristretto> = secret(&world).into();
    let own = PublicKey::<Ristretto>::from_bytes(world.context().joint_key()).unwrap();
    assert_eq!(keys.public().as_bytes(), own.as_bytes());
    let table = DiscreteLogTable::<Ristretto>::new(0..20);
    let (mut sum, mut choices) = (None, vec![]);
    for slot in 1..=11_u32 {
        let mut voter = world.voter(slot);
        let choice = u16::try_from(slot % 3).unwrap();
        world.vote(&mut voter, &[vec![choice], vec![choice]]);
        choices.push(choice);
        let bytes = world.board.last().unwrap();
        for option in 0..3_u16 {
            let one = ciphertext(&bytes[SEALED + 64 * usize::from(option)..]);
            assert_eq!(keys.secret().decrypt(one, &table), Some(u64::from(option == choice)));
        }
        let first = ciphertext(&bytes[SEALED..]);
        sum = Some(sum.map_or(first, |total| total + first));
    }
    let yes = choices.iter().filter(|c| **c == 0).count() as u64;
    assert_eq!(keys.secret().decrypt(sum.unwrap(), &table), Some(yes));
    world.close();
    let aggregate = &world.state.course().close().unwrap().aggregate[0].concat();
    assert_eq!(keys.secret().decrypt(ciphertext(aggregate), &table), Some(yes));
    world.count();
    assert_eq!(u64::from(world.state.course().result().unwrap().questions.as_ref().unwrap()[0].totals[0]), yes);
    assert!(tally::result(world.state.course()).is_ok());
}
