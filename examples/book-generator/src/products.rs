//! What is sold and what befalls it: tables of products, prices, frequency and severity of claims. Whole numbers only.

use crate::random::SplitMix64;

/// A band of claims (赔款档): its weight, from and to in yuan.
pub type Band = (i64, (i64, i64));

/// A product (险种).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// Its code in the files.
    pub code: &'static str,
    /// Its line of business (险类).
    pub line: &'static str,
    /// The department that sells it: M motor, P personal, C corporate.
    pub department: &'static str,
    /// Claims in a million policy years, before anything is known of the customer.
    pub frequency: i64,
    /// How large claims are.
    pub severity: &'static [Band],
}

/// Compulsory motor (交强险).
pub static COMPULSORY: Product = Product {
    code: "JQX2020",
    line: "compulsory_motor",
    department: "M",
    frequency: 85_000,
    severity: &[(700, (300, 2_000)), (255, (2_000, 20_000)), (45, (20_000, 180_000))],
};
/// Commercial motor (商业车险).
pub static COMMERCIAL: Product = Product {
    code: "SYX2020",
    line: "commercial_motor",
    department: "M",
    frequency: 140_000,
    severity: &[
        (550, (500, 3_000)),
        (300, (3_000, 8_000)),
        (120, (8_000, 30_000)),
        (27, (30_000, 150_000)),
        (3, (150_000, 600_000)),
    ],
};
/// Personal accident (意外伤害险).
pub static ACCIDENT: Product = Product {
    code: "YWX2019",
    line: "accident",
    department: "P",
    frequency: 8_000,
    severity: &[(800, (500, 8_000)), (180, (8_000, 50_000)), (20, (100_000, 500_000))],
};
/// Health (健康险).
pub static HEALTH: Product = Product {
    code: "JKX2021",
    line: "health",
    department: "P",
    frequency: 15_000,
    severity: &[(700, (3_000, 20_000)), (280, (20_000, 80_000)), (20, (80_000, 400_000))],
};
/// Household (家庭财产险).
pub static HOUSEHOLD: Product = Product {
    code: "JCX2018",
    line: "household",
    department: "P",
    frequency: 8_000,
    severity: &[(850, (500, 5_000)), (150, (5_000, 100_000))],
};
/// Enterprise property (企业财产险).
pub static PROPERTY: Product = Product {
    code: "QCX2018",
    line: "enterprise_property",
    department: "C",
    frequency: 110_000,
    severity: &[(700, (5_000, 50_000)), (250, (50_000, 300_000)), (50, (300_000, 3_000_000))],
};
/// Employers' and public liability (责任险).
pub static LIABILITY: Product = Product {
    code: "ZRX2020",
    line: "liability",
    department: "C",
    frequency: 160_000,
    severity: &[(700, (2_000, 30_000)), (270, (30_000, 150_000)), (30, (150_000, 800_000))],
};
/// Cargo (货运险).
pub static CARGO: Product = Product {
    code: "HYX2017",
    line: "cargo",
    department: "C",
    frequency: 260_000,
    severity: &[(800, (2_000, 20_000)), (200, (20_000, 200_000))],
};

/// A price (保费, cents) and its sum insured (保额, yuan).
pub type Price = (i64, i64);

/// So many of a hundred, what they buy, and at which prices by their weight.
pub type Personal = (i64, &'static Product, &'static [(i64, Price)]);

/// What people buy beside motor cover.
pub static PERSONAL: [Personal; 3] =
    [(24, &ACCIDENT, &ACCIDENT_PRICES), (16, &HEALTH, &HEALTH_PRICES), (9, &HOUSEHOLD, &HOUSEHOLD_PRICES)];
/// Prices of accident cover.
const ACCIDENT_PRICES: [(i64, Price); 4] =
    [(30, (10_000, 100_000)), (35, (19_900, 300_000)), (25, (29_900, 500_000)), (10, (36_500, 1_000_000))];
/// Prices of health cover.
const HEALTH_PRICES: [(i64, Price); 4] =
    [(30, (36_800, 1_000_000)), (30, (68_800, 2_000_000)), (25, (115_900, 2_000_000)), (15, (218_600, 4_000_000))];
/// Prices of household cover.
const HOUSEHOLD_PRICES: [(i64, Price); 3] =
    [(40, (12_000, 500_000)), (40, (20_000, 1_000_000)), (20, (36_800, 2_000_000))];
/// What the property of a company is worth, in 100,000 yuan: from and to.
const PROPERTY_VALUES: [(i64, (i64, i64)); 4] = [(60, (5, 30)), (30, (30, 150)), (9, (150, 800)), (1, (800, 4_000))];

/// A half or more counts as one.
#[must_use]
pub const fn share(amount: i64, part: i64, whole: i64) -> i64 {
    (amount * part * 2 + whole).div_euclid(whole * 2)
}

/// A price of enterprise property: 6 to 20 in 10,000 of the sum insured.
pub fn property_price(random: &mut SplitMix64) -> Price {
    let (from, to) = random.weighted(&PROPERTY_VALUES);
    let insured = random.between(from, to) * 100_000;
    (insured * random.between(6, 20) / 100, insured)
}

/// A price of liability: by staff.
pub fn liability_price(random: &mut SplitMix64) -> Price {
    let staff = random.weighted(&[(70, (3, 30)), (25, (30, 200)), (5, (200, 1_500))]);
    let staff = random.between(staff.0, staff.1);
    (staff * random.between(12_000, 30_000), staff * 200_000)
}

/// A price of cargo: by what is carried in a year.
pub fn cargo_price(random: &mut SplitMix64) -> Price {
    let carried = random.between(20, 800) * 100_000;
    (carried * random.between(3, 9) / 100, carried)
}

/// A kind of vehicle (车型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Model {
    /// As the files have it.
    pub name: &'static str,
    /// First three characters of its VIN.
    pub maker: &'static str,
    /// The next four.
    pub model: &'static str,
    /// New in yuan, from and to.
    pub value: (i64, i64),
    /// Whether its plate is of new energy.
    pub new_energy: bool,
    /// Base premium of compulsory cover in yuan (2008 tariff): 950 and 1,000 cars, 3,070 lorries of 2 to 5 t in trade.
    pub base: i64,
}

const fn model(
    name: &'static str,
    maker: &'static str,
    model: &'static str,
    value: (i64, i64),
    new_energy: bool,
    base: i64,
) -> Model {
    Model { name, maker, model, value, new_energy, base }
}

/// What people drive.
pub const PRIVATE_MODELS: [(i64, Model); 6] = [
    (30, model("示例轿车1.5L", "L0A", "AA15", (70_000, 130_000), false, 950)),
    (20, model("示例轿车2.0T", "L0A", "AB20", (150_000, 320_000), false, 950)),
    (22, model("示例越野车1.5T", "L0B", "BS15", (90_000, 180_000), false, 950)),
    (15, model("示例纯电轿车", "L0C", "CE50", (100_000, 260_000), true, 950)),
    (9, model("示例插电越野车", "L0C", "CP15", (140_000, 300_000), true, 950)),
    (4, model("示例豪华轿车3.0T", "L0A", "AL30", (380_000, 900_000), false, 950)),
];
/// What companies drive.
pub const COMPANY_MODELS: [(i64, Model); 4] = [
    (45, model("示例轿车2.0T", "L0A", "AB20", (150_000, 320_000), false, 1_000)),
    (20, model("示例商务车2.0T", "L0B", "BV20", (180_000, 380_000), false, 1_000)),
    (20, model("示例厢式货车", "L0D", "DT42", (90_000, 160_000), false, 3_070)),
    (15, model("示例纯电货车", "L0D", "DE31", (120_000, 190_000), true, 3_070)),
];

/// Float of compulsory cover in per cent by years without a claim (most regions, 2020), and after one claim, after more.
#[must_use]
pub const fn compulsory_float(clean_years: i64, claims_last_year: i64) -> i64 {
    match (claims_last_year, clean_years) {
        (2.., _) => 10,
        (1, _) | (_, ..=0) => 0,
        (_, 1) => -10,
        (_, 2) => -20,
        _ => -30,
    }
}

/// Factor of commercial cover in per cent by grade, from -4 to 5 (2020).
#[must_use]
pub const fn no_claim_factor(clean_years: i64, claims: i64) -> i64 {
    match claims - clean_years {
        ..=-4 => 50,
        -3 => 60,
        -2 => 70,
        -1 => 80,
        0 => 100,
        1 => 120,
        2 => 140,
        3 => 160,
        4 => 180,
        _ => 200,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_rounds_up() {
        assert_eq!([share(5, 1, 2), share(4, 1, 3), share(-5, 1, 2), share(100, 1, 3)], [3, 1, -2, 33]);
    }

    #[test]
    fn bands_are_in_order() {
        for product in [&COMPULSORY, &COMMERCIAL, &ACCIDENT, &HEALTH, &HOUSEHOLD, &PROPERTY, &LIABILITY, &CARGO] {
            assert_eq!(product.severity.iter().map(|(weight, _)| weight).sum::<i64>(), 1_000, "{}", product.code);
            assert!(product.severity.iter().all(|(_, (from, to))| from < to));
        }
    }
}
