//! Arithmetic of compiled plans: bounds and denominators are worked out here, numbers in the kernel.

use super::{
    emit::{Emitter, fits_decimal},
    program::{Holds, Instruction, Op, Register},
    scale::{Place, Scaled, Shape, common, divisor, product},
};
use crate::money::{RoundedDivision, Rounding, Unrounded};

impl Emitter<'_> {
    pub(super) fn operate(&mut self, op: Op, first: Shape, second: Shape) -> Shape {
        if let (Some(one), Some(other)) = (first.fixed(), second.fixed()) {
            let value = match op {
                Op::Multiply => one.times(other),
                Op::Add => one.plus(other),
                Op::Subtract => one.minus(other),
                Op::AtLeast => Ok(one.max(other)),
                Op::AtMost => Ok(one.min(other)),
            };
            return value.map_or(Shape::UNKNOWN, Shape::constant);
        }
        let Some((one, other)) = first.denominator.zip(second.denominator) else { return Shape::UNKNOWN };
        if op == Op::Multiply {
            return self.multiply(first, second, one, other);
        }
        let denominator = common(one, other);
        let scaled = denominator.zip(first.scaled.zip(second.scaled)).and_then(|(denominator, (first, second))| {
            let first = self.scale_to(first, denominator)?;
            let second = self.scale_to(second, denominator)?;
            let (low, high) = match op {
                Op::Add => (first.low.checked_add(second.low)?, first.high.checked_add(second.high)?),
                Op::Subtract => (first.low.checked_sub(second.high)?, first.high.checked_sub(second.low)?),
                Op::AtLeast => (first.low.max(second.low), first.high.max(second.high)),
                Op::AtMost | Op::Multiply => (first.low.min(second.low), first.high.min(second.high)),
            };
            self.emit(op, first, second, denominator, low, high)
        });
        Shape { denominator, scaled }
    }

    fn multiply(&mut self, first: Shape, second: Shape, one: i128, other: i128) -> Shape {
        let ((one, first), (other, second)) = (cancelled(one, first, second), cancelled(other, second, first));
        let denominator = one.checked_mul(other);
        let scaled = denominator.zip(first.scaled.zip(second.scaled)).and_then(|(denominator, (first, second))| {
            let (low, high) = product(&first, &second)?;
            self.emit(Op::Multiply, first, second, denominator, low, high)
        });
        Shape { denominator, scaled }
    }

    fn emit(
        &mut self,
        op: Op,
        first: Scaled,
        second: Scaled,
        denominator: i128,
        low: i128,
        high: i128,
    ) -> Option<Scaled> {
        if low == i128::MIN {
            return None;
        }
        // Registers first, cells and constants second, where the order makes no difference.
        let swap = op != Op::Subtract && !matches!(first.place, Place::Narrow(_) | Place::Wide(_));
        let (first, second) = if swap { (second, first) } else { (first, second) };
        let first = self.loaded(first);
        let narrow = first.is_narrow()
            && second.is_narrow()
            && Scaled::fits_narrow(low, high)
            && !matches!(first.place, Place::Wide(_))
            && !matches!(second.place, Place::Wide(_) | Place::Cell { wide: true, .. });
        let (Place::Narrow(register) | Place::Wide(register)) = first.place else { return None };
        let to = self.register(if narrow { Holds::Narrow } else { Holds::Wide });
        self.program.instructions.push(Instruction::Operate { to, op, first: register, second: second.second() });
        let place = if narrow { Place::Narrow(to) } else { Place::Wide(to) };
        Some(Scaled { place, denominator, low, high })
    }

    /// The same number in a register.
    fn loaded(&mut self, scaled: Scaled) -> Scaled {
        let wide = match scaled.place {
            Place::Narrow(_) | Place::Wide(_) => return scaled,
            Place::Constant => !scaled.is_narrow(),
            Place::Cell { wide, .. } => wide,
        };
        self.load(scaled, wide)
    }

    fn load(&mut self, scaled: Scaled, wide: bool) -> Scaled {
        let to = self.register(if wide { Holds::Wide } else { Holds::Narrow });
        self.program.instructions.push(Instruction::Load { to, from: scaled.second() });
        Scaled { place: if wide { Place::Wide(to) } else { Place::Narrow(to) }, ..scaled }
    }

    /// A value that takes the place of another one: refused where that one is, though its number counts no more.
    pub(super) fn after(&mut self, before: Shape, value: Shape) -> Shape {
        let Some(scaled) = before.scaled else { return Shape { scaled: None, ..value } };
        if matches!(scaled.place, Place::Constant) {
            return value;
        }
        let Some(kept) = value.scaled else { return value };
        let (Place::Narrow(of) | Place::Wide(of)) = self.loaded(scaled).place else { return value };
        let wide = match kept.place {
            Place::Wide(_) | Place::Cell { wide: true, .. } => true,
            Place::Narrow(_) | Place::Cell { .. } => false,
            Place::Constant => !kept.is_narrow(),
        };
        let kept = self.load(kept, wide);
        let (Place::Narrow(to) | Place::Wide(to)) = kept.place else { return value };
        self.program.instructions.push(Instruction::Blame { to, of });
        Shape::of(kept)
    }

    /// The number in a register, where it can be worked out.
    pub(super) fn held(&mut self, shape: Shape) -> Option<Scaled> {
        shape.scaled.map(|scaled| self.loaded(scaled))
    }

    /// The same number over another denominator, a multiple of its own.
    fn scale_to(&mut self, scaled: Scaled, denominator: i128) -> Option<Scaled> {
        let factor = denominator / scaled.denominator;
        let (low, high) = (scaled.low.checked_mul(factor)?, scaled.high.checked_mul(factor)?);
        if factor == 1 {
            return Some(scaled);
        }
        if let Place::Cell { rows, column, .. } = scaled.place
            && let Some(column) = self.scaled_column(rows, column, factor)
        {
            return Some(column);
        }
        match scaled.place {
            Place::Constant => Some(Scaled { place: Place::Constant, denominator, low, high }),
            Place::Narrow(_) | Place::Wide(_) | Place::Cell { .. } => {
                let by = Scaled { place: Place::Constant, denominator: 1, low: factor, high: factor };
                self.emit(Op::Multiply, scaled, by, denominator, low, high)
            }
        }
    }

    pub(super) fn divide(&mut self, first: Shape, second: Shape) -> Shape {
        let Some(by) = second.fixed() else { return Shape::UNKNOWN };
        if by.is_zero() {
            return self.spoiled();
        }
        match Unrounded::ONE.divided_by(by) {
            Ok(reciprocal) => self.operate(Op::Multiply, first, Shape::constant(reciprocal)),
            Err(_) => Shape::UNKNOWN,
        }
    }

    /// Rounds a number that is no constant; `power` is ten to the place without its sign.
    pub(super) fn rounded(&mut self, scaled: Scaled, rounding: Rounding, power: i128) -> Option<Shape> {
        let (factor, unit, back) = if rounding.place >= 0 {
            let shared = divisor(power, scaled.denominator);
            (power / shared, scaled.denominator / shared, 1)
        } else {
            (1, scaled.denominator.checked_mul(power)?, power)
        };
        let by = RoundedDivision::by(unit, rounding.mode)?;
        let (low, high) = (scaled.low.checked_mul(factor)?, scaled.high.checked_mul(factor)?);
        let (least, most) = (by.wide(low).checked_mul(back)?, by.wide(high).checked_mul(back)?);
        // What the exact number would refuse to round, the model refuses.
        if !fits_decimal(least, most) {
            return None;
        }
        if unit == 1 {
            return Some(Shape::of(scaled));
        }
        let constant = |value| Scaled { place: Place::Constant, denominator: 1, low: value, high: value };
        let mut number = Scaled { denominator: 1, ..scaled };
        if factor != 1 {
            number = self.emit(Op::Multiply, number, constant(factor), 1, low, high)?;
        }
        let number = self.loaded(number);
        let (Place::Narrow(from) | Place::Wide(from)) = number.place else { return None };
        let (low, high) = (by.wide(low), by.wide(high));
        let narrow = Scaled::fits_narrow(low, high);
        let to = self.register(if narrow { Holds::Narrow } else { Holds::Wide });
        self.program.instructions.push(Instruction::Divide { to, from, by });
        let place = if narrow { Place::Narrow(to) } else { Place::Wide(to) };
        let denominator = if rounding.place >= 0 { power } else { 1 };
        let result = Scaled { place, denominator, low, high };
        if back == 1 {
            return Some(Shape::of(result));
        }
        self.emit(Op::Multiply, result, constant(back), 1, least, most).map(Shape::of)
    }

    /// Either of two numbers; none where that can't be worked out.
    pub(super) fn select(&mut self, mark: Register, yes: Shape, no: Shape) -> Option<Shape> {
        let denominator = common(yes.denominator?, no.denominator?)?;
        let yes = self.scale_to(yes.scaled?, denominator)?;
        let no = self.scale_to(no.scaled?, denominator)?;
        let (yes, no) = (self.loaded(yes), self.loaded(no));
        let wide = [yes, no].iter().any(|one| matches!(one.place, Place::Wide(_)));
        let mut same = |one: Scaled| match one.place {
            Place::Narrow(_) if wide => self.load(one, true),
            _ => one,
        };
        let (yes, no) = (same(yes), same(no));
        let (Place::Narrow(yes_at) | Place::Wide(yes_at), Place::Narrow(no_at) | Place::Wide(no_at)) =
            (yes.place, no.place)
        else {
            return None;
        };
        let to = self.register(if wide { Holds::Wide } else { Holds::Narrow });
        self.program.instructions.push(Instruction::Select { to, mark, yes: yes_at, no: no_at });
        let place = if wide { Place::Wide(to) } else { Place::Narrow(to) };
        Some(Shape::of(Scaled { place, denominator, low: yes.low.min(no.low), high: yes.high.max(no.high) }))
    }

    /// The number as an amount in minor units, noticed where it is none; `signed` where it may be below zero.
    pub(super) fn amount(&mut self, shape: Shape, signed: bool) -> Option<Shape> {
        let denominator = 10_i128.checked_pow(self.plan.spec.currency.digits())?;
        let shape = if shape.denominator.is_some_and(|own| denominator % own == 0) { shape } else { return None };
        let scaled = self.scale_to(shape.scaled?, denominator)?;
        let scaled = self.loaded(scaled);
        let least = if signed { i128::from(i64::MIN) + 1 } else { 0 };
        let most = i128::from(i64::MAX);
        let (Place::Narrow(of) | Place::Wide(of)) = scaled.place else { return None };
        if scaled.low < least || scaled.high > most {
            self.program.instructions.push(Instruction::Amount { of, signed });
        }
        let scaled = Scaled { low: scaled.low.clamp(least, most), high: scaled.high.clamp(least, most), ..scaled };
        // What is no amount counts as zero from here on.
        let scaled = Scaled { low: scaled.low.min(0), high: scaled.high.max(0), ..scaled };
        let narrow = match scaled.place {
            Place::Wide(_) => self.load(scaled, false),
            _ => scaled,
        };
        Some(Shape::of(narrow))
    }

    /// The register of an amount.
    pub(super) fn minor(&mut self, shape: Shape) -> Option<Register> {
        match shape.scaled?.place {
            Place::Narrow(register) => Some(register),
            _ => None,
        }
    }
}

/// A factor that is constant gives up what it shares with the denominator of the other one; that denominator shrinks.
fn cancelled(denominator: i128, number: Shape, factor: Shape) -> (i128, Shape) {
    let constant = |shape: Shape| shape.scaled.filter(|scaled| matches!(scaled.place, Place::Constant));
    if let Some(own) = constant(number) {
        let shared = factor.denominator.map_or(1, |other| divisor(own.low, other));
        return (denominator, Shape::of(Scaled { low: own.low / shared, high: own.high / shared, ..own }));
    }
    let shared = constant(factor).map_or(1, |factor| divisor(factor.low, denominator));
    let scaled = number.scaled.map(|scaled| Scaled { denominator: denominator / shared, ..scaled });
    (denominator / shared, Shape { denominator: Some(denominator / shared), scaled })
}
