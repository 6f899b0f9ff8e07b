//! AES-GCM by the browser's own cryptography.

use js_sys::{Array, JsString, Promise, Uint8Array};
use model::{Cipher, CipherError, Later, limits};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, Pbkdf2Params, SubtleCrypto};

use crate::thrown::{is_there, words};

/// The browser's `crypto.subtle`, there only on https and on this machine itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct WebCipher;

impl Cipher for WebCipher {
    fn seal(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        plain: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>> {
        let (key, how) = (Uint8Array::from(&key[..]), parameters(nonce, aad));
        Box::pin(async move {
            let subtle = subtle()?;
            let key = import(&subtle, &key, "encrypt").await?;
            bytes(subtle.encrypt_with_object_and_js_u8_array(&how, &key, &Uint8Array::from(&plain[..])))
                .await
                .map_err(unavailable)
        })
    }

    fn open(
        &self,
        key: &[u8; 32],
        nonce: &[u8; 12],
        aad: &[u8],
        sealed: Vec<u8>,
    ) -> Later<Result<Vec<u8>, CipherError>> {
        let (key, how) = (Uint8Array::from(&key[..]), parameters(nonce, aad));
        Box::pin(async move {
            let subtle = subtle()?;
            let key = import(&subtle, &key, "decrypt").await?;
            // The browser tells nothing more than OperationError, whatever is wrong with the bytes.
            bytes(subtle.decrypt_with_object_and_js_u8_array(&how, &key, &Uint8Array::from(&sealed[..])))
                .await
                .map_err(|_thrown| CipherError::Wrong)
        })
    }

    fn derive(&self, passphrase: &str, salt: &[u8; 32]) -> Later<Result<[u8; 32], CipherError>> {
        let composed = String::from(JsString::from(passphrase).normalize("NFC"));
        let passphrase = Uint8Array::from(composed.as_bytes());
        let salt = Uint8Array::from(&salt[..]);
        let how = Pbkdf2Params::new_with_str("PBKDF2", "SHA-256", limits::PASSPHRASE_ROUNDS, &salt);
        Box::pin(async move {
            let subtle = subtle()?;
            let usages = Array::of1(&"deriveBits".into());
            let imported = subtle.import_key_with_str("raw", &passphrase, "PBKDF2", false, &usages);
            let imported = JsFuture::from(imported.map_err(unavailable)?).await.map_err(unavailable)?;
            let imported: CryptoKey = imported.dyn_into().map_err(unavailable)?;
            let derived =
                bytes(subtle.derive_bits_with_object(&how, &imported, 256)).await.map_err(unavailable)?;
            derived.try_into().map_err(|_bytes| CipherError::Unavailable("a key of another length".into()))
        })
    }
}

fn subtle() -> Result<SubtleCrypto, CipherError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).filter(is_there);
    crypto
        .map(|crypto| crypto.subtle())
        .filter(is_there)
        .ok_or_else(|| CipherError::Unavailable("the page is not served over https".into()))
}

fn parameters(nonce: &[u8; 12], aad: &[u8]) -> AesGcmParams {
    let how = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(&nonce[..]));
    how.set_additional_data_u8_array(&Uint8Array::from(aad));
    how.set_tag_length(128);
    how
}

async fn import(subtle: &SubtleCrypto, key: &Uint8Array, usage: &str) -> Result<CryptoKey, CipherError> {
    let usages = Array::of1(&usage.into());
    let imported = subtle.import_key_with_str("raw", key, "AES-GCM", false, &usages).map_err(unavailable)?;
    let key = JsFuture::from(imported).await.map_err(unavailable)?;
    key.dyn_into().map_err(unavailable)
}

async fn bytes(asked: Result<Promise, JsValue>) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(asked?).await?).to_vec())
}

fn unavailable(thrown: JsValue) -> CipherError {
    CipherError::Unavailable(words(&thrown))
}
