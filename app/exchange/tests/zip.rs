//! Archives, opened by a program of somebody else.

use std::{fs, process::Command};

use exchange::zip::{Archive, Check, Stamp};

/// Says of each file in an archive its name, day, length and first bytes, after checking all checks.
const READER: &str = "
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for it in archive.infolist():
        print(it.filename, it.date_time, it.file_size, archive.read(it)[:5])
";

#[test]
fn a5_python_opens_an_archive() {
    let stamp = Stamp { year: 2026, month: 11, day: 29, hour: 13, minute: 37 };
    let large: Vec<u8> = (0..70_000_u32).map(|at| (at >> 3 ^ at) as u8).collect();
    let files: [(&str, &[u8]); 4] = [
        ("Offer.pdf", b"%PDF-1.7"),
        ("Verträge/Größe – 日本.txt", b""),
        ("Offer.pdf", b"other"),
        ("b", &large),
    ];
    let (mut archive, mut bytes) = (Archive::default(), Vec::new());
    for (name, content) in files {
        let mut check = Check::default();
        content.chunks(999).for_each(|piece| check.take(piece));
        bytes.extend(archive.file(name, content.len() as u64, check, stamp).unwrap());
        bytes.extend(content);
    }
    bytes.extend(archive.end());
    let path = std::env::temp_dir().join(format!("exchange-zip-{}.zip", std::process::id()));
    fs::write(&path, &bytes).unwrap();
    let read = Command::new("python3").args(["-X", "utf8", "-c", READER]).arg(&path).output().unwrap();
    fs::remove_file(&path).unwrap();
    let day = "(2026, 11, 29, 13, 37, 0)";
    let said = String::from_utf8(read.stdout).unwrap();
    let expected = [
        format!("Offer.pdf {day} 8 b'%PDF-'"),
        format!("Verträge/Größe – 日本.txt {day} 0 b''"),
        format!("Offer (2).pdf {day} 5 b'other'"),
        format!("b {day} 70000 b'\\x00\\x01\\x02\\x03\\x04'"),
    ];
    assert_eq!(said.lines().collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(&read.stderr));
}
