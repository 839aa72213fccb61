// Gets a file, or an error that names the one that could not be had. Why is seldom known: browsers
// tell no difference between no network, a policy, and another file than the one that is meant.

export default async function fetched(address, integrity = "") {
  const response = await fetch(address, { integrity }).catch(({ message }) => {
    throw new Error(`${address}: ${message}`);
  });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** What `get` gets, got once: whoever asks later gets the same, and after a failure it is tried again. */
export function once(get) {
  let got;
  return () =>
    (got ??= get().catch((error) => {
      got = undefined;
      throw error;
    }));
}
