"""Recomputes chains of exact arithmetic with Python's fractions and compares every figure and every refusal.

Reads lines from standard input, as laws_money.rs writes them:

    1.50 * 0.85 + 7/40 ; half_up 2 = 1.45 1.45
    1/3 / 0 ; down 0 ! money.division.zero

Left of ";" the chain, then the rounding, then "=" with the exact number before the rounding and the decimal after it,
or "!" with the code of the refusal. Prints "ok" and the number of lines, or the first line that is wrong and exits with 1.
"""

import re
import sys
from fractions import Fraction

LARGEST = 2**127 - 1
LARGEST_MANTISSA = 2**96 - 1
DECIMAL = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")


def fits(number):
    return abs(number.numerator) <= LARGEST and number.denominator <= LARGEST


def compute(words):
    """The exact number, or the code of the refusal."""
    number = Fraction(words[0])
    for operator, text in zip(words[1::2], words[2::2]):
        operand = Fraction(text)
        if operator == "+":
            number += operand
        elif operator == "-":
            number -= operand
        elif operator == "*":
            number *= operand
        elif operand == 0:
            return "money.division.zero"
        else:
            number /= operand
        if not fits(number):
            return "money.exact.range"
    return number


def rounded(number, mode, place):
    """How many units of 10**-place."""
    scaled = number * 10**place if place >= 0 else number / 10**-place
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    twice = 2 * rest
    positive = scaled > 0
    away = {
        "half_up": twice >= scaled.denominator,
        "half_even": twice > scaled.denominator or (twice == scaled.denominator and whole % 2 == 1),
        "up": rest > 0,
        "down": False,
        "ceiling": rest > 0 and positive,
        "floor": rest > 0 and not positive,
    }[mode]
    units = whole + (1 if away else 0)
    return units if positive else -units


def expected(words, mode, place):
    """(before, after, digits after the point), or the code of the refusal."""
    number = compute(words)
    if isinstance(number, str):
        return number
    units = rounded(number, mode, place)
    mantissa = units if place >= 0 else units * 10**-place
    if abs(mantissa) > LARGEST_MANTISSA:
        return "money.exact.range"
    digits = max(place, 0)
    return number, Fraction(mantissa, 10**digits), digits


def said(outcome):
    if outcome[0] == "!":
        return outcome[1]
    before, after = outcome[1:]
    return Fraction(before), Fraction(after), len(DECIMAL.fullmatch(after)[1] or "")


def main():
    count = 0
    for line in sys.stdin:
        chain, rest = line.split(" ; ")
        mode, place, *outcome = rest.split()
        if expected(chain.split(), mode, int(place)) != said(outcome):
            print("wrong:", line.strip())
            return 1
        count += 1
    print("ok", count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
