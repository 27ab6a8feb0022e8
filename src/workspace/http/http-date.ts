const imfFixdate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const rfc850Date = /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/;
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** The unix seconds of a date in one of the three forms that HTTP knows; undefined for anything else. */
export function parseHttpDate(text: string): number | undefined {
  let milliseconds = Number.NaN;
  if (imfFixdate.test(text) || rfc850Date.test(text)) milliseconds = Date.parse(text);
  // This form names no zone and means UTC all the same.
  else if (asctimeDate.test(text)) milliseconds = Date.parse(`${text} GMT`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
