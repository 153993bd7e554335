//! Every text can be told from its ground: a contrast of 4.5 and more (WCAG 2.2, success criterion 1.4.3), in both schemes.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../src/report/html/page.css");

/// The colours of one scheme, by name.
fn colours(block: &str) -> BTreeMap<&str, [u8; 3]> {
    let mut out = BTreeMap::new();
    for declaration in block.split(';') {
        let Some((name, value)) = declaration.split_once(": #") else { continue };
        let digits: Vec<u8> = value.trim().bytes().map(|digit| char::from(digit).to_digit(16).unwrap() as u8).collect();
        let colour = match digits[..] {
            [r, g, b] => [r * 17, g * 17, b * 17],
            [a, b, c, d, e, f] => [a * 16 + b, c * 16 + d, e * 16 + f],
            _ => panic!("{declaration}"),
        };
        out.insert(name.rsplit("--").next().unwrap(), colour);
    }
    out
}

/// Relative luminance as WCAG defines it: of colours, so that binary numbers are good enough.
#[allow(clippy::float_arithmetic)]
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[allow(clippy::float_arithmetic)]
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A part of a colour, in per cent, over another: how shades of a table are mixed.
fn mix(part: u16, over: [u8; 3], under: [u8; 3]) -> [u8; 3] {
    let mut out = under;
    for (at, out) in out.iter_mut().enumerate() {
        *out = ((u16::from(over[at]) * part + u16::from(under[at]) * (100 - part)) / 100) as u8;
    }
    out
}

#[test]
fn texts_can_be_read_in_both_schemes() {
    let schemes: Vec<&str> =
        STYLE.split(":root {").skip(1).take(3).map(|rest| rest.split('}').next().unwrap()).collect();
    assert_eq!(schemes.len(), 3, "light, dark, print");
    for scheme in schemes {
        let colours = colours(scheme);
        let mut pairs = vec![("page", "k1"), ("watch", "watch-page")];
        for text in ["ink", "soft", "link", "loss"] {
            pairs.extend([(text, "page"), (text, "panel")]);
        }
        pairs.push(("ink", "faint"));
        for (text, ground) in pairs {
            assert!(contrast(colours[text], colours[ground]) >= 4.5, "{text} on {ground}: {colours:?}");
        }
        for tone in ["good", "loss", "k5"] {
            let shade = mix(24, colours[tone], colours["page"]);
            assert!(contrast(colours["ink"], shade) >= 4.5, "ink on {tone}");
            assert!(tone == "k5" || contrast(colours[tone], shade) >= 4.5, "{tone} on its shade");
        }
        // Drawings (success criterion 1.4.11).
        for at in 1..=8 {
            assert!(contrast(colours[format!("k{at}").as_str()], colours["page"]) >= 3.0, "k{at}");
        }
    }
    assert!(STYLE.contains(".shade4 { background: color-mix(in srgb, var(--tone) 24%, var(--page)); }"));
}
