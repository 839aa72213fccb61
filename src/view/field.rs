//! A field for the reader's own words that stays folded until it is wanted.

use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct TextFieldProps {
    /// The DOM id of the field itself.
    pub(super) id: AttrValue,
    /// What unfolds it.
    pub(super) summary: &'static str,
    /// What it is for.
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) oninput: Callback<InputEvent>,
    /// What stands below it.
    #[prop_or_default]
    pub(super) children: Html,
}

/// The field. It opens with the first words in it, whoever wrote them; then that is the reader's
/// business, or it would close under the cursor when its last letter goes. Until it was open for
/// the first time there is only what opens it: a browser looks at every field of a page, and lays
/// out what is around it.
#[component]
pub(super) fn TextField(props: &TextFieldProps) -> Html {
    let TextFieldProps { id, summary, label, value, oninput, children } = props;
    let was_filled = use_mut_ref(bool::default);
    let open = !value.is_empty() || *was_filled.borrow();
    was_filled.replace(open);
    let wanted = use_state_eq(|| open);
    let ontoggle = {
        let wanted = wanted.clone();
        Callback::from(move |_: Event| wanted.set(true))
    };
    html! {
        <details class="uc-note-field" {open} {ontoggle}>
            <summary>{ summary }</summary>
            if *wanted || open {
                <label for={id.clone()}>{ label }</label>
                <textarea id={id.clone()} rows="2" value={value.clone()} oninput={oninput.clone()} />
            }
            { children.clone() }
        </details>
    }
}
