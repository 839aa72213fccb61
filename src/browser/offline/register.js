// Keeps the page that ships for when there is no network. Only that page calls this; the
// element in another's page never does.

const WORKER = "service-worker.js";
// Where a page asks for trusted types, it names this policy.
const policy = globalThis.trustedTypes?.createPolicy("upgrade-checklist", { createScriptURL: () => WORKER });

const { serviceWorker } = navigator;

// A newer version took over, by itself or as it was asked to: what is shown is the older one's.
// The first version that ever comes has nothing to replace.
if (serviceWorker?.controller) {
  serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
}

// Not offered to pages without HTTPS, and some readers forbid it. They need the network, as ever.
serviceWorker
  ?.register(policy?.createScriptURL("") ?? WORKER, { updateViaCache: "none" })
  // The newer version that an earlier visit has fetched is taken before this one begins.
  .then(({ waiting }) => waiting?.postMessage("take over"), () => {});
