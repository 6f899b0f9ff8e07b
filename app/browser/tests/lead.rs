//! One tab at a time leads.

use std::{cell::RefCell, rc::Rc};

use browser::{lead::lead, timers};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Waits until so many lead or have led; the browser decides who, and when.
async fn decided(led: &Rc<RefCell<Vec<u8>>>, count: usize) {
    for _ in 0..4_000 {
        if led.borrow().len() >= count {
            return;
        }
        timers::sleep(5).await;
    }
}

#[wasm_bindgen_test]
async fn the_next_in_line_leads_when_the_first_one_goes() {
    let led: Rc<RefCell<Vec<u8>>> = Rc::default();
    let begin = |who: u8| {
        let led = led.clone();
        move || led.borrow_mut().push(who)
    };
    let one = lead("handsel/test/lead", begin(1));
    let two = lead("handsel/test/lead", begin(2));
    let three = lead("handsel/test/lead", begin(3));
    let elsewhere = lead("handsel/test/other", begin(9));
    decided(&led, 2).await;
    led.borrow_mut().sort_unstable();
    assert_eq!(led.borrow().clone(), [1, 9]);
    // Who leaves the line never leads: the third would come after the second.
    drop(two);
    drop(one);
    decided(&led, 3).await;
    assert_eq!(led.borrow().clone(), [1, 9, 3]);
    drop((three, elsewhere));
}
