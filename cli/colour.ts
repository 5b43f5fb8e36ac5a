/** Whether output has colour: on a terminal, unless its user wants none. https://no-color.org */
export function hasColour(
  { isTTY }: { readonly isTTY?: boolean } = process.stdout,
  { NO_COLOR = "" }: NodeJS.ProcessEnv = process.env,
): boolean {
  return isTTY === true && NO_COLOR === "";
}
