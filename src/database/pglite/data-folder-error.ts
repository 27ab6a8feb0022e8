/** Why the data folder cannot be used. The message is for the operator: what is wrong, and what to do next. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}
