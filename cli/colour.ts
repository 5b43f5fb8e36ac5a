/** Whether output has colour: only on a terminal, and not if NO_COLOR is set. https://no-color.org */
export function hasColour(
  { isTTY }: { readonly isTTY?: boolean } = process.stdout,
  { NO_COLOR = "" }: NodeJS.ProcessEnv = process.env,
): boolean {
  return isTTY === true && NO_COLOR === "";
}
