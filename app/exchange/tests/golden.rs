//! The example of docs/formats.md, byte for byte. When one of these tests fails, people's links and files have become
//! unreadable, or another program's have: that takes a new version of the format.
#![allow(clippy::unwrap_used, reason = "tests may stop")]

use exchange::{
    backup,
    bundle::{self, Bundle, Envelope, OpenError, PackedEntry},
    kept::{Address, KeptFile, KeptLink},
};
use model::{Author, Pass, RoomId, hex, unhex};

const OWNER: &str = "8bb04e1c1b83dddf311f5bcddf7c50ede3c0802f47ec796e2a131cf41298d9f3";

/// The title "Pilot", signed.
const FIRST: &str = "018bb04e1c1b83dddf311f5bcddf7c50ede3c0802f47ec796e2a131cf41298d9f3010000000000000000000000000000\
    00000000000000000000000000000000000000015051525354555657056f66666572002201018c9e85bccda4c3010028\
    010561626f7574057469746c6501770550696c6f7400ad7484298cbb22dcf6f87fd8ed040c0e84098383178166b3dcdc\
    4f0b405e8f401a2d93c81130e202676611d1a2268c1ecbeb4db15dec13cae9cbe2a2df634c05";

/// The heading "Hi", signed.
const SECOND: &str = "018bb04e1c1b83dddf311f5bcddf7c50ede3c0802f47ec796e2a131cf41298d9f3020077b80ca83fe54fd3ea8f34c7f0\
    0a5f67d48163a9f5b777fab5cd3dfd69571c4101505152535455565707636f6e74656e74006e01058c9e85bccda4c301\
    0028010873656374696f6e73046d61696e017708303030303030303104010c73656374696f6e2f6d61696e024869868c\
    9e85bccda4c30102066865616465720131848c9e85bccda4c30103010a868c9e85bccda4c3010406686561646572046e\
    756c6c005079cea78f4d00295a4a5346911aebc63333a0a5631084ecd1214a0c63dd09f652d606655433cd81516e9b76\
    2e945fdd9e9537a4828dbcbdc1f208a534904d0a";

/// The bundle of both, packed by the program at the time of version 1, which had no blobs.
const PACKED: &str = "01858e5b287b7100c77fbfe39cd9e6fcfdcd5c676e739ddbac294fc20b9231f72234c719a7e69ce2b094627678318d50\
    4a49223c28924ba148219a1289da5a91074cc92d2925b9e46ddfc7efe7fbad0f80881b8af1dcf902a107fecff33ff012\
    798b7d7cfdfc03022541d2e090d0b07059446454744cac3c2e3e213149d13b9f2f0d32d91dcad04aaba35d7377b9d9a9\
    c876b6d17162e993f7c8f923b20ca1ab0d04ae02358545c525a565e518a3d3914d4006a179ac7bdd3ab90d412cc4b4b5\
    4c0b8bb114ab27a101d3507a8605732c2737afc96c2faf1d677728eec9094c267fa36ed1662bf0c8a8b664481207f744\
    c91748bd4e7434116d0e39b8552f5439c5fbd70717130e220fe31097de0830ace233e95705c7379694dd7b614dfd8991\
    987d5e31bc2d59d3dea97269e6afb73bc1d02c49b38086d81f737e3349b0144337a38d5a8a86067ef2579428c4bf91e2\
    93203954cfcf0de13590da3ab2092ab99fca0d0a7f31fa8d51ba45af079ab6c3698b1ac82b728bb30624b73b2ad5f814\
    e1c5398fc27371c22e78293ae591252aabb1901e6d4d1aaab18f0da74e76f5ad6f6c3df0a752fad5c20f";

/// The same, sealed.
const SEALED: &str = "4de5b5a816bb938529392c2f6dbdf2590d015f622a70f352da713b7ee1eb3e175000e8788cd415fdccec6263831433a7\
    3619cd74698cf2fb959155eb5a177a11c5e341764497878a447286a8669f17781dd3b02e5c1563a0034fed50d71f496b\
    e32b0415bbb74283212b227c8e46b578ec5c3c94af4908e0761bcf40cd18fbe64146a9448134f5754b6ac1ea2a2c1446\
    4b39ae23bf5f2c612a002b781fa62a29bc54da05eb8672bab7d475a71cafa17385eb6b045bd1e9df5fd317e1a4670950\
    ee4d24e49c8cb7d96a71f90c7de538d513a121dc5dc678b4656984ee7b3d83a17b59cd182643ccc81a179854ee1e713e\
    20e38a0176fe8f94b3e9bc2dc47a194043eedb61825e7f1dbab701b08f7bb32ca89cf159c312bc884515c78b042ec2b0\
    34e05f419b40798868c08cf3f8040473459c511aa2fd6b61866fdf6fd38669d54ad67ba7178b985995a7d37379389328\
    35c67d3214f154fb1229d1abdd4dd019296f0e18d23700155cad919bfd7ee0d25c3ff330c43b415dbc2bb52dddb7d0b6\
    457b9e70fcbaf03d042874f99e6b3c3b69abb4711cb00c6fc8909d2ecf70b67d43b032ac202b15301b29d4ef202fb76c\
    87c5c2042a65b5a870c7";

const LINK_CHECK: &str = "169a10f0";

const FILE_CHECK: &str = "01cb01e8";

/// Of a file that opens with a passphrase only.
const LOCKED_FILE_CHECK: &str = "aca15720";
const KEPT_CHECK: &str = "1995362b";

const KEPT_AT: &str = "https://files.example/7";

const KEPT_LINK: &str =
    "/at/1.oKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr9odHRwczovL2ZpbGVzLmV4YW1wbGUvNyPHGII";

/// `N` bytes that count up from `first`.
fn run<const N: usize>(first: u8) -> [u8; N] {
    std::array::from_fn(|idx| first + idx as u8)
}

fn bundle() -> Bundle {
    Bundle {
        room: RoomId(run(0x00)),
        keys: vec![run(0x10)],
        owner: Author::parse(OWNER).unwrap(),
        pass: None,
        entries: [FIRST, SECOND].map(|entry| PackedEntry { epoch: 0, bytes: unhex(entry).unwrap() }).into(),
        workspace: Vec::new(),
        blobs: Vec::new(),
    }
}

/// One blob of six bytes: how many there are, its length, itself.
const BLOBS: &str = "0106474946383961";

fn with_blob() -> Bundle {
    Bundle { blobs: vec![b"GIF89a".to_vec()], ..bundle() }
}

fn envelope() -> Envelope {
    Envelope { locked: false, key: run(0xa0), nonce: run(0xc0), sealed: unhex(SEALED).unwrap() }
}

#[test]
fn a_bundle_is_laid_out_as_the_formats_say() {
    let packed = bundle::pack(&with_blob());
    let mut from = stdx::Reader::new(&packed);
    assert_eq!(from.u8(), Ok(2));
    // Another deflater may make other bytes of the same, so it is what they unpack to that counts.
    let plain = miniz_oxide::inflate::decompress_to_vec(from.bytes().unwrap()).unwrap();
    assert_eq!(hex(from.rest()), BLOBS);
    let layout = [
        "000102030405060708090a0b0c0d0e0f",
        "00",
        "101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f",
        OWNER,
        "02",
        "b601",
        FIRST,
        "8402",
        SECOND,
    ];
    assert_eq!(hex(&plain), layout.concat());
}

#[test]
fn a_bundle_with_rights_is_laid_out_as_the_formats_say() {
    let pass = Pass { secret: run(0x70), certificate: vec![0xce; 3], owner_seed: Some(run(0x30)) };
    let mut rights = Bundle { keys: vec![run(0x10), run(0x50)], pass: Some(pass), ..bundle() };
    rights.entries = vec![PackedEntry { epoch: 1, bytes: vec![0xe1; 2] }];
    let packed = bundle::pack(&rights);
    let mut from = stdx::Reader::new(&packed);
    assert_eq!(from.u8(), Ok(3));
    let plain = miniz_oxide::inflate::decompress_to_vec(from.bytes().unwrap()).unwrap();
    let (room, key, later) = (hex(&run::<16>(0x00)), hex(&run::<32>(0x10)), hex(&run::<32>(0x50)));
    let (secret, seed) = (hex(&run::<32>(0x70)), hex(&run::<32>(0x30)));
    assert_eq!(hex(&plain), format!("{room}{OWNER}02{key}{later}02{secret}03cecece{seed}010102e1e1"));
    assert_eq!(from.rest(), [0]);
    // What owners keep for themselves comes behind.
    let workspace = vec![PackedEntry { epoch: 0, bytes: vec![0xe2; 3] }];
    let packed = bundle::pack(&Bundle { workspace, ..rights });
    let mut from = stdx::Reader::new(&packed);
    assert_eq!(from.u8(), Ok(4));
    let inner = miniz_oxide::inflate::decompress_to_vec(from.bytes().unwrap()).unwrap();
    assert_eq!(hex(&inner), format!("{}010003e2e2e2", hex(&plain)));
}

#[test]
fn a_bundle_packed_then_opens_now() {
    assert_eq!(bundle::unpack(&unhex(PACKED).unwrap()), Ok(bundle()));
    let deflated = &PACKED[2..];
    assert_eq!(deflated.len() / 2, 425);
    let second = format!("02a903{deflated}{BLOBS}");
    assert_eq!(bundle::unpack(&unhex(&second).unwrap()), Ok(with_blob()));
    let mut other = unhex(PACKED).unwrap();
    other[0] = 5;
    assert_eq!(bundle::unpack(&other), Err(OpenError::OtherVersion));
}

#[test]
fn an_envelope_is_a_file_and_a_link() {
    let inside = format!("{}{}{SEALED}", hex(&run::<32>(0xa0)), hex(&run::<12>(0xc0)));
    let file = format!("68616e6473656c0a01{inside}{FILE_CHECK}");
    assert_eq!(hex(&envelope().to_file()), file);
    assert_eq!(Envelope::from_file(&unhex(&file).unwrap()), Ok(envelope()));

    let bytes = unhex(&format!("{inside}{LINK_CHECK}")).unwrap();
    let link = format!("1.{}", data_encoding::BASE64URL_NOPAD.encode(&bytes));
    assert!(link.starts_with("1.oKGio6SlpqeoqaqrrK2ur7Cxs"), "{link}");
    assert_eq!(envelope().to_fragment(), link);
    assert_eq!(Envelope::from_fragment(&link), Ok(envelope()));

    // With a passphrase the same bytes stand behind other versions, and the check of a file is another one.
    let locked = Envelope { locked: true, ..envelope() };
    assert_eq!(locked.to_fragment(), link.replacen("1.", "2.", 1));
    assert_eq!(Envelope::from_fragment(&locked.to_fragment()), Ok(locked.clone()));
    let file = format!("68616e6473656c0a03{inside}{LOCKED_FILE_CHECK}");
    assert_eq!(hex(&locked.to_file()), file);
    assert_eq!(Envelope::from_file(&unhex(&file).unwrap()), Ok(locked));
}

#[test]
fn a_kept_room_is_a_file_and_a_link() {
    let file = KeptFile { nonce: run(0xc0), sealed: unhex(SEALED).unwrap() };
    let bytes = format!("68616e6473656c0a02{}{SEALED}{KEPT_CHECK}", hex(&run::<12>(0xc0)));
    assert_eq!(hex(&file.to_bytes()), bytes);
    assert_eq!(KeptFile::from_bytes(&unhex(&bytes).unwrap()), Ok(file));

    let link = KeptLink { key: run(0xa0), address: Address::parse(KEPT_AT).unwrap() };
    assert_eq!(link.to_fragment(), KEPT_LINK);
    assert_eq!(KeptLink::from_fragment(KEPT_LINK), Ok(link));
}

#[test]
fn a_backup_is_framed_as_the_formats_say() {
    let head = backup::head(&run(0xa0));
    assert_eq!(
        hex(&head),
        "68616e6473656c0a04a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
    );
    assert_eq!(hex(&backup::nonce(258)), "000000000000000000000102");
    let index: [u8; 32] = run(0x10);
    assert_eq!(hex(&backup::tail(&head, &index, 41)), "00000000000000294891681f");
    let part = backup::RoomPart {
        bundle: vec![1, 2],
        author_seed: Some(run(0x30)),
        settings: vec![("seen".into(), "7".into())],
    };
    let seed = "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f";
    assert_eq!(hex(&part.write()), format!("02010201{seed}01047365656e0137"));
}
