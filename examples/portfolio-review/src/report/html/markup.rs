//! Text that is safe inside markup, in attributes as between tags.

use std::fmt::{self, Write as _};

use crate::report::page::Words;

/// A text with everything escaped that means something in HTML or XML. Characters that a document may not hold
/// (controls, noncharacters) become U+FFFD, so that a hostile name can be seen to be odd.
pub(super) struct Text<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' => f.write_char(character)?,
                // The last group turns the direction of the text that follows.
                '\0'..='\u{1f}'
                | '\u{7f}'..='\u{9f}'
                | '\u{fdd0}'..='\u{fdef}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => f.write_char('\u{fffd}')?,
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

/// A text in both languages, of which the page shows one at a time.
pub(super) struct Both<'a>(pub(super) &'a Words);

impl fmt::Display for Both<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Words { zh, en } = self.0;
        if zh == en {
            return Text(zh).fmt(f);
        }
        write!(
            f,
            "<span class=\"zh\" lang=\"zh-CN\">{}</span><span class=\"en\" lang=\"en\">{}</span>",
            Text(zh),
            Text(en)
        )
    }
}
