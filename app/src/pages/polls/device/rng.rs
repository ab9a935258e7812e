//! The device's random source, for everything that `ballot` draws.

use super::this;
use rand_core::{Infallible, TryCryptoRng, TryRng};

/// `crypto.getRandomValues`.
pub(crate) struct DeviceRng(());

impl DeviceRng {
    /// The source; `None` where there is none, as on the server.
    pub(crate) fn open() -> Option<Self> {
        this::fill(&mut [0; 32]).then_some(Self(()))
    }

    /// 32 fresh bytes.
    pub(crate) fn seed(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        self.fill(&mut seed);
        seed
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        // The source answered in `open`, and Web Crypto refuses only more than 65,536 bytes at once.
        for part in bytes.chunks_mut(65_536) {
            assert!(this::fill(part), "the random source has gone");
        }
    }
}

impl TryRng for DeviceRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for DeviceRng {}
