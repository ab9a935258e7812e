//! Reading and writing of fixed byte layouts: big-endian integers, fixed arrays, length-prefixed strings.
//!
//! A [`Reader`] never panics and never allocates more than its input holds; [`Reader::end`] refuses trailing bytes.

use crate::Refusal;

/// A cursor over bytes that nobody has checked yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `n` bytes, or `not-canonical` where fewer are left.
    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], Refusal> {
        let (head, tail) = self.rest.split_at_checked(n).ok_or(Refusal::NotCanonical)?;
        self.rest = tail;
        Ok(head)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (head, tail) = self.rest.split_first_chunk::<N>().ok_or(Refusal::NotCanonical)?;
        self.rest = tail;
        Ok(*head)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Refusal> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    pub(crate) fn u16(&mut self) -> Result<u16, Refusal> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Refusal> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Refusal> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// `count` arrays of `N` bytes. The length is checked before anything is allocated.
    pub(crate) fn arrays<const N: usize>(&mut self, count: usize) -> Result<Vec<[u8; N]>, Refusal> {
        let bytes = self.take(count.checked_mul(N).ok_or(Refusal::NotCanonical)?)?;
        Ok(bytes.as_chunks::<N>().0.to_vec())
    }

    /// All that is left.
    pub(crate) fn remaining(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// How many bytes are left.
    pub(crate) fn len(&self) -> usize {
        self.rest.len()
    }

    /// Refuses trailing bytes.
    pub(crate) fn end(self) -> Result<(), Refusal> {
        if self.rest.is_empty() { Ok(()) } else { Err(Refusal::NotCanonical) }
    }
}

/// Appends to a byte vector in the same layout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer {
    out: Vec<u8>,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.out.extend_from_slice(bytes);
        self
    }

    pub(crate) fn arrays<const N: usize>(mut self, items: &[[u8; N]]) -> Self {
        for item in items {
            self.out.extend_from_slice(item);
        }
        self
    }

    pub(crate) fn u8(self, n: u8) -> Self {
        self.bytes(&[n])
    }

    pub(crate) fn u16(self, n: u16) -> Self {
        self.bytes(&n.to_be_bytes())
    }

    pub(crate) fn u32(self, n: u32) -> Self {
        self.bytes(&n.to_be_bytes())
    }

    pub(crate) fn u64(self, n: u64) -> Self {
        self.bytes(&n.to_be_bytes())
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// `n` as a count field of a layout. A list longer than its field cannot be written: the decoder's limits are
/// far below, so a saturated count is refused by every reader rather than read as something else.
pub(crate) fn count16(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// As [`count16`], for one-byte counts.
pub(crate) fn count8(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}
