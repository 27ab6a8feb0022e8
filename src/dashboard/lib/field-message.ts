/** What stands under a field, from the message of a schema: "is a required parameter" becomes "Name is required." */
export function fieldMessage(label: string, message: string | undefined): string | undefined {
  if (message === undefined || message === '') return undefined;
  if (message === 'is a required parameter') return `${label} is required.`;
  return `${label} ${message}.`;
}

/** The same for an answer's message, which begins with the wire's name of the field. */
export function serverFieldMessage(label: string, wireName: string, message: string): string {
  return message.startsWith(`${wireName} `) ? (fieldMessage(label, message.slice(wireName.length + 1)) ?? '') : message;
}
