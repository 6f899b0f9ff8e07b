//! Drops from the program what only a debugger reads. The names of functions alone are a third of the file.

/// The module without its custom sections, or none when the bytes are no module.
pub(super) fn without_names(module: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    let mut out = module.get(..HEADER).filter(|header| header.starts_with(b"\0asm"))?.to_vec();
    let mut at = HEADER;
    while at < module.len() {
        let (length, size) = leb128(&module[at + 1..])?;
        let end = at.checked_add(1 + size)?.checked_add(length)?;
        let section = module.get(at..end)?;
        if module[at] != CUSTOM {
            out.extend_from_slice(section);
        }
        at = end;
    }
    Some(out)
}

/// The number at the start of some bytes and how many bytes it takes.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_u32;
    for (index, byte) in bytes.iter().take(5).enumerate() {
        value |= u32::from(byte & 0x7f).checked_shl(u32::try_from(index * 7).ok()?)?;
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_sections_go_and_the_others_stay_in_order() {
        let head = b"\0asm\x01\0\0\0";
        let mut long = vec![10, 0x80, 0x01];
        long.extend([7; 128]);
        let kept = [&head[..], &[1, 2, 9, 9], &long].concat();
        let custom = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let whole = [&head[..], &[1, 2, 9, 9], &custom, &long, &custom].concat();
        assert_eq!(without_names(&whole), Some(kept));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let head = b"\0asm\x01\0\0\0";
        assert_eq!(without_names(b"<html>  "), None);
        assert_eq!(without_names(b""), None);
        assert_eq!(without_names(&[&head[..], &[1, 9, 0]].concat()), None);
        assert_eq!(without_names(&[&head[..], &[1]].concat()), None);
        assert_eq!(without_names(&[&head[..], &[1, 0xff, 0xff, 0xff, 0xff, 0xff]].concat()), None);
    }
}
