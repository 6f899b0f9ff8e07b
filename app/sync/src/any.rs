//! Values as JSON and lib0's `any` write them. What other programs say about who is here, and to whom they would like to
//! speak, has one of these two forms.

use stdx::{Cut, Reader, Writer};

/// How deep lists and maps may nest in what is read.
const DEPTH: usize = 32;

/// A value without a schema, as JavaScript has them. `undefined` counts as null.
#[derive(Debug, Clone, PartialEq)]
pub enum Any {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number; JavaScript has one kind only.
    Number(f64),
    /// A text.
    Text(String),
    /// Bytes; JSON has none.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Any>),
    /// A map, in the order in which it was written.
    Map(Vec<(String, Any)>),
}

impl Any {
    /// A map of texts and other values.
    pub(crate) fn map<const N: usize>(entries: [(&str, Any); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// What a map says under a key. Where a key stands twice, the last one counts, as in JavaScript.
    pub(crate) fn get(&self, key: &str) -> Option<&Any> {
        match self {
            Self::Map(entries) => entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Reads lib0's `any`; nothing may follow.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Cut> {
        let mut from = Reader::new(bytes);
        let value = read(&mut from, DEPTH)?;
        if from.is_empty() { Ok(value) } else { Err(Cut) }
    }

    /// The value as lib0's `any`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        write(self, &mut out);
        out.finish()
    }

    /// Reads JSON, with the grammar of `JSON.parse`. Half a character, which only JavaScript can hold, becomes U+FFFD.
    pub fn from_json(text: &str) -> Result<Self, Cut> {
        let mut json = Json { text: text.as_bytes(), at: 0 };
        let value = json.value(DEPTH)?;
        json.space();
        if json.at == json.text.len() { Ok(value) } else { Err(Cut) }
    }

    /// The value as JSON. Bytes, and numbers that are none, become null.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write_json(self, &mut out);
        out
    }
}

impl From<&str> for Any {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The largest whole number that lib0 writes as a whole number.
const WHOLE_MAX: f64 = 0x7fff_ffff_u32 as f64;

fn write(value: &Any, out: &mut Writer) {
    match value {
        Any::Null => out.u8(126),
        Any::Bool(false) => out.u8(121),
        Any::Bool(true) => out.u8(120),
        Any::Number(number) if number.fract() == 0.0 && number.abs() <= WHOLE_MAX => {
            out.u8(125);
            write_int(*number, out)
        }
        Any::Number(number) if f64::from(*number as f32) == *number => {
            out.u8(124).raw(&(*number as f32).to_be_bytes())
        }
        Any::Number(number) => out.u8(123).raw(&number.to_be_bytes()),
        Any::Text(text) => out.u8(119).text(text),
        Any::Bytes(bytes) => out.u8(116).bytes(bytes),
        Any::List(items) => {
            out.u8(117).uint(items.len() as u64);
            items.iter().for_each(|item| write(item, out));
            out
        }
        Any::Map(entries) => {
            out.u8(118).uint(entries.len() as u64);
            for (key, value) in entries {
                out.text(key);
                write(value, out);
            }
            out
        }
    };
}

/// lib0's `varInt`: the first byte has a sign and six bits, the others seven.
fn write_int(number: f64, out: &mut Writer) -> &mut Writer {
    let (sign, mut rest) = (if number.is_sign_negative() { 0x40 } else { 0 }, number.abs() as u64);
    let mut byte = sign | (rest & 0x3f) as u8;
    rest >>= 6;
    while rest > 0 {
        out.u8(byte | 0x80);
        byte = (rest & 0x7f) as u8;
        rest >>= 7;
    }
    out.u8(byte)
}

fn read_int(from: &mut Reader) -> Result<f64, Cut> {
    let first = from.u8()?;
    let (mut number, mut scale, mut more) = (f64::from(first & 0x3f), 64.0, first & 0x80 != 0);
    while more {
        let byte = from.u8()?;
        number += f64::from(byte & 0x7f) * scale;
        scale *= 128.0;
        more = byte & 0x80 != 0;
        // The largest number that JavaScript counts with has 53 bits.
        if number > 9_007_199_254_740_991.0 || scale > 1e18 {
            return Err(Cut);
        }
    }
    Ok(if first & 0x40 != 0 { -number } else { number })
}

fn read(from: &mut Reader, depth: usize) -> Result<Any, Cut> {
    let depth = depth.checked_sub(1).ok_or(Cut)?;
    Ok(match from.u8()? {
        126 | 127 => Any::Null,
        125 => Any::Number(read_int(from)?),
        124 => Any::Number(f64::from(f32::from_be_bytes(from.array()?))),
        123 => Any::Number(f64::from_be_bytes(from.array()?)),
        122 => Any::Number(i64::from_be_bytes(from.array()?) as f64),
        121 => Any::Bool(false),
        120 => Any::Bool(true),
        119 => Any::Text(from.text()?.to_owned()),
        118 => {
            let mut entries = Vec::new();
            for _ in 0..from.uint()? {
                entries.push((from.text()?.to_owned(), read(from, depth)?));
            }
            Any::Map(entries)
        }
        117 => {
            let mut items = Vec::new();
            for _ in 0..from.uint()? {
                items.push(read(from, depth)?);
            }
            Any::List(items)
        }
        116 => Any::Bytes(from.bytes()?.to_vec()),
        _ => return Err(Cut),
    })
}

fn write_json(value: &Any, out: &mut String) {
    match value {
        Any::Bool(true) => out.push_str("true"),
        Any::Bool(false) => out.push_str("false"),
        Any::Number(number) if number.is_finite() => out.push_str(&number.to_string()),
        Any::Null | Any::Number(_) | Any::Bytes(_) => out.push_str("null"),
        Any::Text(text) => quote(text, out),
        Any::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(item, out);
            }
            out.push(']');
        }
        Any::Map(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                write_json(value, out);
            }
            out.push('}');
        }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                out.push_str("\\u00");
                out.push_str(&model::hex(&[c as u8]));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// JSON that is being read.
struct Json<'a> {
    text: &'a [u8],
    at: usize,
}

impl Json<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes the word if it comes next.
    fn takes(&mut self, word: &[u8]) -> bool {
        let comes = self.text[self.at..].starts_with(word);
        self.at += if comes { word.len() } else { 0 };
        comes
    }

    fn must(&mut self, word: &[u8]) -> Result<(), Cut> {
        if self.takes(word) { Ok(()) } else { Err(Cut) }
    }

    fn value(&mut self, depth: usize) -> Result<Any, Cut> {
        let depth = depth.checked_sub(1).ok_or(Cut)?;
        self.space();
        match self.peek().ok_or(Cut)? {
            b'n' => self.must(b"null").map(|()| Any::Null),
            b't' => self.must(b"true").map(|()| Any::Bool(true)),
            b'f' => self.must(b"false").map(|()| Any::Bool(false)),
            b'"' => self.string().map(Any::Text),
            b'[' => {
                let mut items = Vec::new();
                self.items(b"[", b"]", |json| {
                    items.push(json.value(depth)?);
                    Ok(())
                })?;
                Ok(Any::List(items))
            }
            b'{' => {
                let mut entries = Vec::new();
                self.items(b"{", b"}", |json| {
                    json.space();
                    let key = json.string()?;
                    json.space();
                    json.must(b":")?;
                    entries.push((key, json.value(depth)?));
                    Ok(())
                })?;
                Ok(Any::Map(entries))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, with commas between.
    fn items(
        &mut self,
        open: &[u8],
        close: &[u8],
        mut item: impl FnMut(&mut Self) -> Result<(), Cut>,
    ) -> Result<(), Cut> {
        self.must(open)?;
        self.space();
        if self.takes(close) {
            return Ok(());
        }
        loop {
            item(self)?;
            self.space();
            if self.takes(close) {
                return Ok(());
            }
            self.must(b",")?;
        }
    }

    fn digits(&mut self) -> Result<(), Cut> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(Cut) }
    }

    fn number(&mut self) -> Result<Any, Cut> {
        let from = self.at;
        self.takes(b"-");
        if !self.takes(b"0") {
            self.digits()?;
        }
        if self.takes(b".") {
            self.digits()?;
        }
        if self.takes(b"e") || self.takes(b"E") {
            let _ = self.takes(b"+") || self.takes(b"-");
            self.digits()?;
        }
        let number = std::str::from_utf8(&self.text[from..self.at]).or(Err(Cut))?;
        number.parse().map(Any::Number).or(Err(Cut))
    }

    fn string(&mut self) -> Result<String, Cut> {
        self.must(b"\"")?;
        let mut out = Vec::new();
        loop {
            let byte = self.peek().ok_or(Cut)?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(out).or(Err(Cut)),
                b'\\' => out.extend_from_slice(self.escape()?.encode_utf8(&mut [0; 4]).as_bytes()),
                0..0x20 => return Err(Cut),
                byte => out.push(byte),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Cut> {
        let byte = self.peek().ok_or(Cut)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let before = self.at;
                if (0xd800..0xdc00).contains(&first) && self.takes(b"\\u") {
                    let second = self.unit()?;
                    if (0xdc00..0xe000).contains(&second) {
                        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                        return char::from_u32(code).ok_or(Cut);
                    }
                    self.at = before;
                }
                char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return Err(Cut),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Cut> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(Cut)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, digit| {
            (*digit as char).to_digit(16).map(|digit| unit << 4 | digit).ok_or(Cut)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{hex, unhex};

    fn sample() -> Any {
        Any::map([
            ("null", Any::Null),
            ("yes", Any::Bool(true)),
            ("no", Any::Bool(false)),
            ("list", Any::List(vec![Any::Number(-5.0), Any::Number(0.5), Any::Number(1e300), 7.25.into()])),
            ("text", "quotes \" \\ \n and 提案 🎈".into()),
            ("", Any::Map(vec![])),
        ])
    }

    impl From<f64> for Any {
        fn from(number: f64) -> Self {
            Self::Number(number)
        }
    }

    /// Written by lib0 0.2.117 itself.
    #[test]
    fn values_are_written_as_lib0_writes_them() {
        let announce = Any::map([("type", "announce".into()), ("from", "p1".into())]);
        let bytes = unhex("760204747970657708616e6e6f756e63650466726f6d77027031").unwrap();
        assert_eq!(announce.to_bytes(), bytes);
        assert_eq!(Any::from_bytes(&bytes), Ok(announce));
        for (value, golden) in [
            (Any::Number(0.0), "7d00"),
            (Any::Number(-1.0), "7d41"),
            (Any::Number(63.0), "7d3f"),
            (Any::Number(64.0), "7d8001"),
            (Any::Number(-300.0), "7dec04"),
            (Any::Number(2_147_483_647.0), "7dbfffffff0f"),
            (Any::Number(2_147_483_648.0), "7c4f000000"),
            (Any::Number(0.5), "7c3f000000"),
            (Any::Number(0.1), "7b3fb999999999999a"),
            (Any::Bytes(vec![1, 2]), "74020102"),
            (Any::Null, "7e"),
        ] {
            assert_eq!(hex(&value.to_bytes()), golden);
            assert_eq!(Any::from_bytes(&unhex(golden).unwrap()), Ok(value));
        }
        assert_eq!(Any::from_bytes(&[127]), Ok(Any::Null), "undefined");
        assert_eq!(Any::from_bytes(&unhex("7affffffffffffffff").unwrap()), Ok(Any::Number(-1.0)));
    }

    #[test]
    fn values_come_back() {
        assert_eq!(Any::from_bytes(&sample().to_bytes()), Ok(sample()));
        assert_eq!(Any::from_json(&sample().to_json()), Ok(sample()));
    }

    #[test]
    fn json_is_read_as_javascript_reads_it() {
        for (text, value) in [
            (" [1, -0.5e+2 ,0] ", Any::List(vec![1.0.into(), (-50.0).into(), 0.0.into()])),
            (r#""\u00e9\ud83c\udf88\/\b""#, "é🎈/\u{8}".into()),
            (r#""\ud83c""#, "\u{fffd}".into()),
            (r#""\ud83cA""#, "\u{fffd}A".into()),
            (r#""\ud83c\u0041""#, "\u{fffd}A".into()),
            ("{}", Any::Map(vec![])),
        ] {
            assert_eq!(Any::from_json(text), Ok(value), "{text}");
        }
        for text in [
            "",
            "nul",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "'a'",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "[1] 2",
            "\"",
            "-",
            "1e",
            "[",
            "{\"a\":1",
            "NaN",
            "\u{a0}1",
        ] {
            assert_eq!(Any::from_json(text), Err(Cut), "{text}");
        }
        let twice = Any::from_json(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(twice.get("a"), Some(&Any::Number(2.0)));
    }

    #[test]
    fn nothing_nests_without_end() {
        assert!(Any::from_json(&format!("{}1{}", "[".repeat(31), "]".repeat(31))).is_ok());
        assert_eq!(Any::from_json(&"[".repeat(100_000)), Err(Cut));
        assert_eq!(Any::from_bytes(&[117, 1].repeat(100_000)), Err(Cut));
        assert_eq!(Any::from_bytes(&unhex("75ffffffffffffffff01").unwrap()), Err(Cut));
    }
}
