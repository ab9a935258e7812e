//! Sealing: encryption in small steps.

use super::ready::Ready;
use crate::pages::polls::device::{DeviceRng, Slice};
use ballot::{Sealing, voter::SealedBallot};

/// Seals; `progress` hears of steps done and steps in all. `None` where the choices do not fit, or there is no
/// random source.
pub(super) async fn seal(
    ready: &Ready,
    choices: &[Vec<u16>],
    mut progress: impl FnMut(usize, usize),
) -> Option<SealedBallot> {
    let mut rng = DeviceRng::open()?;
    let mut sealing = Sealing::new(&ready.context, &ready.key, ready.voting.slot, ready.last(), choices).ok()?;
    let mut slice = Slice::begin();
    loop {
        let step = sealing.step(&mut rng);
        progress(step.done, step.total);
        // After every option, so that the bar is seen to move and a slow phone still scrolls.
        slice.give_way().await;
        if step.done >= step.total {
            return sealing.finish().ok();
        }
    }
}
