//! The named deciding rules.

use super::{Base, Fraction, Pass, Preset, Rule, TieBreak};

const HALF: Fraction = Fraction { num: 1, den: 2, strict: true };
const TWO_THIRDS: Fraction = Fraction { num: 2, den: 3, strict: false };
const MAJORITY: Pass = Pass { fraction: HALF, base: Base::Ballots };

impl Rule {
    /// The rule of that name, with no tie-break; `None` for [`Preset::Custom`].
    #[must_use]
    pub const fn of(preset: Preset) -> Option<Self> {
        let (quorum, pass) = match preset {
            Preset::ResidentsMeeting | Preset::Households => (Some(HALF), Some(MAJORITY)),
            Preset::HouseholdsVillage => (Some(TWO_THIRDS), Some(MAJORITY)),
            Preset::Advisory => (None, None),
            Preset::Custom => return None,
        };
        Some(Self { preset, quorum, pass, tie: TieBreak::None })
    }

    /// Whether the numbers are those that the name stands for. The tie-break is free.
    pub(super) fn is_as_named(&self) -> bool {
        Self::of(self.preset).is_none_or(|named| named.quorum == self.quorum && named.pass == self.pass)
    }
}

impl Fraction {
    /// Whether `part` of `whole` reaches the fraction, in exact integers.
    #[must_use]
    pub fn is_met(&self, part: u64, whole: u64) -> bool {
        let have = u128::from(part) * u128::from(self.den);
        let need = u128::from(whole) * u128::from(self.num);
        if self.strict { have > need } else { have >= need }
    }

    /// The smallest count that reaches the fraction of `whole`.
    #[must_use]
    pub fn need(&self, whole: u64) -> u64 {
        let (num, den) = (u128::from(self.num), u128::from(self.den.max(1)));
        let scaled = u128::from(whole) * num;
        let need = if self.strict { scaled / den + 1 } else { scaled.div_ceil(den) };
        u64::try_from(need).unwrap_or(u64::MAX)
    }
}
