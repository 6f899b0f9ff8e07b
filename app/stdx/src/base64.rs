//! Bytes as letters (RFC 4648): those that an address carries unchanged (section 5, without padding), and the older ones
//! that other programs write (section 4).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The letters for `bytes` that an address carries.
pub fn to_url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().enumerate().fold(0, |bits, (idx, byte)| bits | u32::from(*byte) << (16 - 8 * idx));
        for place in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    text
}

/// The bytes that `text` stands for; none when it is not what [`to_url`] writes.
pub fn from_url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.as_bytes().chunks(4) {
        let mut bits = 0;
        for (place, letter) in chunk.iter().enumerate() {
            bits |= u32::from(value(*letter)?) << (18 - 6 * place);
        }
        let [_, whole @ ..] = bits.to_be_bytes();
        let (used, unused) = whole.split_at(chunk.len() - 1);
        // One letter alone holds no byte, and bits after the last byte would be a second way to say the same.
        if used.is_empty() || unused.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend_from_slice(used);
    }
    Some(bytes)
}

/// The older letters for `bytes`, with padding.
pub fn to_standard(bytes: &[u8]) -> String {
    let mut letters = to_url(bytes).replace('-', "+").replace('_', "/");
    while !letters.len().is_multiple_of(4) {
        letters.push('=');
    }
    letters
}

/// The bytes that the older letters stand for, with their padding or without it.
pub fn from_standard(text: &str) -> Option<Vec<u8>> {
    from_url(&text.trim_end_matches('=').replace('+', "-").replace('/', "_"))
}

fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_another_implementation() {
        let other = data_encoding::BASE64URL_NOPAD;
        for seed in 0..2_000 {
            let mut random = fastrand::Rng::with_seed(seed);
            let bytes: Vec<u8> = (0..random.usize(..20)).map(|_| random.u8(..)).collect();
            let text = to_url(&bytes);
            assert_eq!(text, other.encode(&bytes), "seed {seed}");
            assert_eq!(from_url(&text), Some(bytes.clone()), "seed {seed}");
            let standard = to_standard(&bytes);
            assert_eq!(standard, data_encoding::BASE64.encode(&bytes), "seed {seed}");
            assert_eq!(from_standard(&standard), Some(bytes), "seed {seed}");
            let noise: String =
                (0..random.usize(..9)).map(|_| *random.choice(b"Aa0-_9z=+ ").unwrap() as char).collect();
            assert_eq!(from_url(&noise), other.decode(noise.as_bytes()).ok(), "seed {seed}: {noise}");
        }
    }

    #[test]
    fn there_is_one_way_to_say_each() {
        assert_eq!(from_url("AA"), Some(vec![0]));
        for wrong in ["A", "AB", "AAAAA", "AAB", "AA==", "A A", "é"] {
            assert_eq!(from_url(wrong), None, "{wrong}");
        }
    }
}
