// Keeps the page that ships for when there is no network. Only that page calls this; the
// element in another's page never does.

const WORKER = "service-worker.js";
// Where a page asks for trusted types, it names this policy.
const policy = globalThis.trustedTypes?.createPolicy("upgrade-checklist", { createScriptURL: () => WORKER });

/** Lets a newer version answer from the next opening on. What is shown stays as it is, under
 * the hands of whoever works with it. */
function makeWay(registration) {
  registration.waiting?.postMessage("take over");
  registration.addEventListener("updatefound", () => {
    const newer = registration.installing;
    newer?.addEventListener("statechange", () => newer.state === "installed" && newer.postMessage("take over"));
  });
}

// By then all files of this page's own version are here.
addEventListener("load", () => {
  // Not offered to pages without HTTPS, and some readers forbid it, or whatever drives their
  // browser. They need the network, as ever.
  navigator.serviceWorker
    ?.register(policy?.createScriptURL("") ?? WORKER, { updateViaCache: "none" })
    .then((registration) => registration && makeWay(registration), () => {});
});
