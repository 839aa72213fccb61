//! What is drawn when the browser has nothing more urgent to do, or all of it when it prints.

use js_sys::Function;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use yew::Callback;

/// How much is drawn before the browser is asked again: each is a case of what is not the same for
/// every reader, or a part of what only paper shows.
const AT_ONCE: usize = 12;

/// What is still to be drawn in one element.
pub struct Later {
    /// Calls what it is given when the browser has time.
    idle: Function,
    waiting: RefCell<Vec<Callback<()>>>,
}

impl Later {
    /// Nothing is to be drawn yet.
    pub fn new(idle: Function) -> Rc<Self> {
        Rc::new(Self { idle, waiting: RefCell::default() })
    }

    /// Draws this when those before it are drawn.
    pub fn add(self: &Rc<Self>, draw: Callback<()>) {
        let is_first = {
            let mut waiting = self.waiting.borrow_mut();
            waiting.push(draw);
            waiting.len() == 1
        };
        if is_first {
            self.wait();
        }
    }

    /// Draws all of it now.
    pub fn draw_all(&self) {
        self.draw(usize::MAX);
    }

    fn wait(self: &Rc<Self>) {
        let later = self.clone();
        let go_on = Closure::once_into_js(move || {
            later.draw(AT_ONCE);
            if !later.waiting.borrow().is_empty() {
                later.wait();
            }
        });
        if self.idle.call1(&JsValue::NULL, &go_on).is_err() {
            self.draw_all();
        }
    }

    /// Draws so much of it, what came first before the rest.
    fn draw(&self, most: usize) {
        let drawn: Vec<_> = {
            let mut waiting = self.waiting.borrow_mut();
            let end = most.min(waiting.len());
            waiting.drain(..end).collect()
        };
        drawn.iter().for_each(|draw| draw.emit(()));
    }
}
