//! Draws the pages of a PDF file, in a program of its own that runs beside the page. Few visits need it, so it is fetched only
//! when somebody looks at such a file.
//!
//! It knows neither the page nor JavaScript: the caller asks for a [`place`] in the memory, writes the file there, has it
//! [`open`]ed, and then has pages [`draw`]n. What is told of lies at [`answer`]. It holds one file; whoever looks at another, or
//! finds that this one was too much for it, starts it anew.

use std::cell::RefCell;

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::InterpreterSettings,
    hayro_syntax::{LoadPdfError, Pdf},
    render,
    vello_cpu::color::palette::css::WHITE,
};

/// The file cannot be read as a PDF.
const DAMAGED: i32 = -1;
/// It opens with a password only, or is sealed in a way that is not known.
const LOCKED: i32 = -2;

/// No side of a drawing has more points.
const LONGEST: f32 = 4_096.0;

struct File {
    pdf: &'static Pdf,
    cache: RenderCache<'static>,
}

thread_local! {
    static GIVEN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static FILE: RefCell<Option<File>> = const { RefCell::new(None) };
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where a file of so many bytes goes.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn place(length: usize) -> *mut u8 {
    GIVEN.with_borrow_mut(|given| {
        given.resize(length, 0);
        given.as_mut_ptr()
    })
}

/// Opens the file. Answers how many pages it has, or why there are none; the answer is their widths and heights in points, each
/// a float of four bytes, as they are to be seen.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn open() -> i32 {
    let pdf = match Pdf::new(GIVEN.take()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return LOCKED,
        Err(LoadPdfError::Invalid) => return DAMAGED,
    };
    // What was found in the file refers to it for as long as the program runs, which holds no other.
    let pdf: &'static Pdf = Box::leak(Box::new(pdf));
    let sizes = pdf.pages().iter().flat_map(|page| {
        let (width, height) = page.render_dimensions();
        [width.to_le_bytes(), height.to_le_bytes()]
    });
    ANSWER.set(sizes.flatten().collect());
    FILE.set(Some(File { pdf, cache: RenderCache::new() }));
    i32::try_from(pdf.pages().len()).unwrap_or(DAMAGED)
}

/// Draws a page, counted from 0, so many points wide. Answers how wide it became; the answer is its points from the top left,
/// each red, green, blue and opaque. Answers 0 where there is no such page.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn draw(page: usize, width: f32) -> usize {
    FILE.with_borrow(|file| {
        let Some(file) = file else { return 0 };
        let Some(page) = file.pdf.pages().get(page) else { return 0 };
        let (across, down) = page.render_dimensions();
        let longest = across.max(down).max(1.0);
        let scale = (width / across.max(1.0)).clamp(1.0 / longest, LONGEST / longest);
        let drawn = render(
            page,
            &file.cache,
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
        );
        ANSWER.set(drawn.data_as_u8_slice().to_vec());
        usize::from(drawn.width())
    })
}

/// Where the answer is.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}

/// How many bytes the answer has.
#[allow(unsafe_code, reason = "the only way to give a function the name by which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    ANSWER.with_borrow(Vec::len)
}
