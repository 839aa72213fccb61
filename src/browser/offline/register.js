// Keeps the page that ships for when there is no network. Only that page calls this; the
// element in another's page never does.

const WORKER = "service-worker.js";
// Where a page asks for trusted types, it names this policy.
const policy = globalThis.trustedTypes?.createPolicy("upgrade-checklist", { createScriptURL: () => WORKER });

/** Takes the newer version that an earlier visit has fetched, before this one begins. */
function update(registration) {
  if (!registration.waiting) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take over");
}

// Not offered to pages without HTTPS, and some readers forbid it. They need the network, as ever.
navigator.serviceWorker
  ?.register(policy?.createScriptURL("") ?? WORKER, { updateViaCache: "none" })
  .then(update, () => {});
