//! Cryptography and randomness of a real browser.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use browser::{cipher::WebCipher, entropy::WebEntropy};
use model::{Cipher, CipherError, Entropy, hex};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Test case 16 of the description of GCM by McGrew and Viega.
#[wasm_bindgen_test]
async fn the_known_answer_comes_out() {
    let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    let nonce = bytes("cafebabefacedbaddecaf888");
    let aad = bytes::<20>("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let plain = bytes::<60>(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525\
         b16aedf5aa0de657ba637b39",
    );
    let sealed = WebCipher.seal(&key, &nonce, &aad, plain.to_vec()).await.unwrap();
    assert_eq!(
        hex(&sealed),
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838\
         c5f61e6393ba7a0abcc9f662\
         76fc6ece0f4e1768cddf8853bb2d551b"
    );
    assert_eq!(WebCipher.open(&key, &nonce, &aad, sealed).await.unwrap(), plain);
}

#[wasm_bindgen_test]
async fn only_what_was_sealed_opens() {
    let (key, nonce) = ([7; 32], [9; 12]);
    let sealed = WebCipher.seal(&key, &nonce, b"room", b"text".to_vec()).await.unwrap();
    assert_eq!(sealed.len(), 4 + 16);
    let opens = async |key: &[u8; 32], nonce: &[u8; 12], aad: &[u8], sealed: &[u8]| {
        WebCipher.open(key, nonce, aad, sealed.to_vec()).await
    };
    assert_eq!(opens(&key, &nonce, b"room", &sealed).await.unwrap(), b"text");
    let mut changed = sealed.clone();
    changed[0] ^= 1;
    for answer in [
        opens(&[8; 32], &nonce, b"room", &sealed).await,
        opens(&key, &[8; 12], b"room", &sealed).await,
        opens(&key, &nonce, b"another", &sealed).await,
        opens(&key, &nonce, b"room", &changed).await,
        opens(&key, &nonce, b"room", &sealed[..19]).await,
        opens(&key, &nonce, b"room", &sealed[..3]).await,
        opens(&key, &nonce, b"room", &[]).await,
    ] {
        assert_eq!(answer, Err(CipherError::Wrong));
    }
    let nothing = WebCipher.seal(&key, &nonce, b"", Vec::new()).await.unwrap();
    assert_eq!(opens(&key, &nonce, b"", &nothing).await.unwrap(), b"");
}

/// The answer is that of Python's `hashlib.pbkdf2_hmac` to the composed form.
#[wasm_bindgen_test]
async fn a_passphrase_makes_the_same_key_however_its_letters_are_composed() {
    let salt = std::array::from_fn(|idx| 0xa0 + idx as u8);
    for passphrase in ["cr\u{e8}me br\u{fb}l\u{e9}e", "cre\u{300}me bru\u{302}le\u{301}e"] {
        let key = WebCipher.derive(passphrase, &salt).await.unwrap();
        assert_eq!(hex(&key), "600e87cc68904e81771e5ceb1a1b2273f96aa41323d04d34a350c07fd6ded489");
    }
    let other = WebCipher.derive("creme brulee", &salt).await.unwrap();
    assert_ne!(other, WebCipher.derive("cr\u{e8}me br\u{fb}l\u{e9}e", &salt).await.unwrap());
}

#[wasm_bindgen_test]
fn bytes_are_random() {
    let mut drawn = [[0; 32]; 8];
    drawn.iter_mut().for_each(|bytes| WebEntropy.fill(bytes));
    let mut distinct = drawn.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), drawn.len());
    // The browser gives at most 65,536 bytes at a time.
    let mut long = vec![0; 200_000];
    WebEntropy.fill(&mut long);
    assert!(long.chunks(64).all(|chunk| chunk.iter().any(|byte| *byte != 0)));
}

fn bytes<const N: usize>(digits: &str) -> [u8; N] {
    assert_eq!(digits.len(), 2 * N);
    std::array::from_fn(|idx| u8::from_str_radix(&digits[2 * idx..2 * idx + 2], 16).unwrap())
}
