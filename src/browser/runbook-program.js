// The WebAssembly that writes runbooks.

export default () => fetch(new URL("upgrade-checklist-runbook_bg.wasm", import.meta.url));
