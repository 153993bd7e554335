//! Codes of privacy.

/// Adds its codes to those gathered so far.
macro_rules! privacy_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// A key that can be guessed.
        PrivacyKeyShort = "privacy.key.short" (minimum: Integer)
            "The matching key must have at least {minimum} random bytes; a shorter one could be guessed."
            "匹配密钥至少需要 {minimum} 个随机字节，过短可能被猜出。";
        /// A text that is no digest.
        PrivacyDigestInvalid = "privacy.digest.invalid" ()
            "A matching digest has 64 hexadecimal digits in small letters; hand it over as it was made."
            "匹配摘要为 64 位小写十六进制数；请原样传入。";
        /// A line of a table of fields that names no field.
        PrivacyFieldPattern = "privacy.field.pattern" ()
            "A field is named by a JSON pointer such as /phones/*/number, with # only at its end; correct it."
            "字段须写成 JSON 指针，如 /phones/*/number，# 只能在末尾；请更正。";
        /// Two lines for one field.
        PrivacyFieldOverlap = "privacy.field.overlap" ()
            "Another line speaks of the same field, so its class would be unclear; keep one of them."
            "另一行已说明同一字段，敏感级别会不明确；请只保留一行。";
        /// Too many lines.
        PrivacyFieldTooMany = "privacy.field.too_many" (limit: Integer)
            "A record has at most {limit} fields; split the table."
            "一种记录最多 {limit} 个字段；请拆分。";
        /// A field without a line.
        PrivacyFieldUnlisted = "privacy.field.unlisted" ()
            "This field has no line in the table of fields and is shown to nobody; add its sensitivity and mask."
            "字段表中没有该字段，因此对任何人都不显示；请补充其敏感级别和脱敏方式。";
        /// A line without a field.
        PrivacyFieldUnmatched = "privacy.field.unmatched" ()
            "No record has this field; correct the line or remove it."
            "记录中没有该字段；请更正或删除此行。";
        /// A personal text with too low a class.
        PrivacyFieldUnderstated = "privacy.field.understated" ()
            "This field holds a personal text and its line says less; make it personal or sensitive."
            "该字段存放个人信息，而所标级别过低；请改为个人信息或敏感个人信息。";
        /// A field that is empty in every sample.
        PrivacyFieldUnsampled = "privacy.field.unsampled" ()
            "This field is empty in every sample, so what stands inside is not proven; add a sample with a value."
            "该字段在所有样例中都为空，无法验证其内容；请补充一个有值的样例。";
    } } };
}
