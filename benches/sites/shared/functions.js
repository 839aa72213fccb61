// The functions that a page may use, on plain values.

const UNITS = { KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 };

/** The bytes of a size: `20MB`, or a number of them. */
function bytes(size) {
  const [, number, unit] = String(size ?? "").match(/^(\d+)\s*([KMG]B)?$/) ?? [];
  return number === undefined ? "" : Number(number) * (UNITS[unit] ?? 1);
}

export const functions = {
  equals: (one, other) => one === other,
  and: (...values) => values.every(Boolean),
  or: (...values) => values.some(Boolean),
  not: (value) => !value,
  default: (value, other) => value ?? other,
  bytes,
  kib: (size) => Math.floor(bytes(size) / UNITS.KB),
  mb: (size) => `${Math.floor(bytes(size) / UNITS.MB)}MB`,
  text: (value) => `'${String(value ?? "").replaceAll("'", "''")}'`,
  times: (size, factor) => bytes(size) * factor || "",
  join: (...values) => values.join(""),
};
