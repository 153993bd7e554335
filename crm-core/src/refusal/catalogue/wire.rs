//! Codes of the wire: syntax, kinds of values, limits, stored formats.

/// Adds its codes to those gathered so far.
macro_rules! wire_codes {
    ($rest:tt { $($before:tt)* }) => { gather! { $rest { $($before)*

        /// The text is not JSON as the wire takes it.
        WireSyntax = "wire.syntax" (line: Integer, column: Integer)
            "This is not valid JSON at line {line}, column {column}; correct the text there."
            "第 {line} 行第 {column} 列不是合法的 JSON，请在该处更正。";
        /// The bytes are not UTF-8.
        WireUtf8 = "wire.utf8" (offset: Integer)
            "The bytes are not UTF-8 from offset {offset} on; convert the text to UTF-8 first."
            "自第 {offset} 字节起不是 UTF-8，请先转换编码。";
        /// The document is too large.
        WireSize = "wire.size" (limit: Integer)
            "The document is larger than {limit} bytes; split it."
            "文档超过 {limit} 字节，请拆分。";
        /// Nested too deeply.
        WireDepth = "wire.depth" (limit: Integer)
            "The value is nested deeper than {limit} levels; make it flatter."
            "嵌套超过 {limit} 层，请减少层级。";
        /// A text is too long.
        WireTextTooLong = "wire.text.too_long" (limit: Integer)
            "The text is longer than {limit} bytes; shorten it."
            "文本超过 {limit} 字节，请缩短。";
        /// Half of a surrogate pair.
        WireTextSurrogate = "wire.text.surrogate" ()
            "The text contains half of a UTF-16 surrogate pair and is no valid Unicode; repair it at its source."
            "文本含有不成对的 UTF-16 代理码，不是合法的 Unicode，请在来源处修复。";
        /// A field that must be there is not.
        WireFieldMissing = "wire.field.missing" (field: Text)
            "The field \"{field}\" is missing; add it."
            "缺少字段“{field}”，请补上。";
        /// A field that nobody knows.
        WireFieldUnknown = "wire.field.unknown" (expected: Text)
            "This field is unknown; known here: {expected}."
            "未知字段；此处可用：{expected}。";
        /// The same key twice.
        WireFieldDuplicate = "wire.field.duplicate" ()
            "This field is given twice; keep one."
            "字段重复，请只保留一个。";
        /// Not a variant of the enum.
        WireVariantUnknown = "wire.variant.unknown" (expected: Text)
            "This value is not one of the choices; choose from: {expected}."
            "该值不在可选范围内；可选：{expected}。";
        /// Expected a whole number.
        WireIntegerExpected = "wire.integer.expected" (found: Text)
            "A whole number is expected here, found: {found}; write it without fraction or quotes."
            "此处应为整数，实为：{found}；请不要带小数或引号。";
        /// A whole number out of range.
        WireIntegerRange = "wire.integer.range" (min: Integer, max: Integer)
            "The whole number must lie between {min} and {max}."
            "整数须在 {min} 与 {max} 之间。";
        /// Expected a decimal.
        WireDecimalExpected = "wire.decimal.expected" (found: Text)
            "An exact decimal is expected here, found: {found}; hand over a decimal (in JSON a string such as \"12.30\"), never a binary float."
            "此处应为精确小数，实为：{found}；请使用十进制小数（JSON 中写成字符串，如 \"12.30\"），不要用二进制浮点数。";
        /// Not a decimal.
        WireDecimalInvalid = "wire.decimal.invalid" ()
            "This is not a decimal number; write digits with an optional sign and point, such as \"-12.30\"."
            "不是十进制数；请写成带可选正负号和小数点的数字，如 \"-12.30\"。";
        /// A decimal that can't be held exactly.
        WireDecimalRange = "wire.decimal.range" ()
            "The decimal has more digits than can be held exactly (28 after the point, about 29 in all); nothing is rounded silently, so shorten it yourself."
            "小数位数超出可精确表示的范围（小数点后 28 位，总计约 29 位）；本库不做隐式舍入，请自行缩短。";
        /// Expected a date.
        WireDateExpected = "wire.date.expected" (found: Text)
            "A date without a time is expected here, found: {found}; write it as YYYY-MM-DD."
            "此处应为不含时间的日期，实为：{found}；请写成 YYYY-MM-DD。";
        /// Expected a text.
        WireTextExpected = "wire.text.expected" (found: Text)
            "A text is expected here, found: {found}."
            "此处应为文本，实为：{found}。";
        /// Expected true or false.
        WireBooleanExpected = "wire.boolean.expected" (found: Text)
            "true or false is expected here, found: {found}."
            "此处应为 true 或 false，实为：{found}。";
        /// Expected a list.
        WireListExpected = "wire.list.expected" (found: Text)
            "A list is expected here, found: {found}."
            "此处应为列表，实为：{found}。";
        /// A list of the wrong length.
        WireListLength = "wire.list.length" (expected: Integer)
            "The list must have exactly {expected} items."
            "列表必须恰好有 {expected} 项。";
        /// Expected an object.
        WireObjectExpected = "wire.object.expected" (found: Text)
            "An object with named fields is expected here, found: {found}."
            "此处应为带字段名的对象，实为：{found}。";
        /// Expected one of the variants.
        WireVariantExpected = "wire.variant.expected" (expected: Text, found: Text)
            "One of the named choices is expected here, found: {found}; choose from: {expected}."
            "此处应为命名选项之一，实为：{found}；可选：{expected}。";
        /// Expected a loaded engine.
        WireEngineExpected = "wire.engine.expected" (expected: Text, found: Text)
            "A loaded {expected} is expected here, found: {found}; hand over what its load or the method that makes it returned."
            "此处应为已加载的 {expected}，实为：{found}；请传入其加载函数或生成方法返回的对象。";
        /// Expected a single value.
        WireScalarExpected = "wire.scalar.expected" (found: Text)
            "A single value (text, whole number, decimal, date, true or false) is expected here, found: {found}."
            "此处应为单个值（文本、整数、小数、日期或真假值），实为：{found}。";
        /// Expected nothing.
        WireNullExpected = "wire.null.expected" (found: Text)
            "Nothing (null) is expected here, found: {found}."
            "此处应为空值 null，实为：{found}。";
        /// A type outside the wire's conventions.
        WireUnsupported = "wire.unsupported" ()
            "This type cannot cross the wire; use exact decimals, whole numbers, dates, texts, lists, maps and named fields."
            "该类型不能在接口上传输；请使用精确小数、整数、日期、文本、列表、映射和具名字段。";
        /// A stored document of another format.
        WireStoredFormat = "wire.stored.format" (expected: Text)
            "This is a stored document of another format; \"{expected}\" is expected here."
            "存储文档的格式不符；此处应为“{expected}”。";
        /// A stored document from a newer core.
        WireStoredVersion = "wire.stored.version" (newest: Integer)
            "The version of the stored document is not known; this core reads versions 1 to {newest}. Update the core."
            "无法识别该存储文档的版本；当前版本可读取 1 至 {newest}。请升级本库。";
        /// No such call.
        WireCallUnknown = "wire.call.unknown" ()
            "There is no call of this name in this version."
            "此版本中没有这个名称的调用。";
    } } };
}
