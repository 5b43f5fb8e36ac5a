/**
 * Keeps secret what the program made secret. Plug-ins see plain values; the marks of the request's inputs are put on the state that they return.
 *
 * The engine would do that for plug-ins that do not accept secrets, but not inside of `__inputs`, where it does not expect inputs.
 */
import { InitializationError } from "./protocol.ts";
import { isObject, isSecret, secret, type Properties, type Value } from "./values.ts";

/** The official plug-in for Kubernetes keeps the inputs of the last update under this key of the state. */
export const inputsKey = "__inputs";

function containsSecrets(value: Value | undefined): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(containsSecrets);
  return isObject(value) && Object.values(value).some(containsSecrets);
}

/**
 * Marks the values that are secret in the inputs under the same key. A list is secret as a whole if it contains a secret, since its order may change.
 * @param given the inputs of the request, with their marks
 */
export function markSecrets(state: Properties, given: Properties): Properties {
  const mark = ([key, value]: [string, Value]): [string, Value] => {
    if (key === inputsKey && isObject(value)) return [key, markSecrets(value, given)];
    const input = given[key];
    if (isSecret(value) || !containsSecrets(input)) return [key, value];
    const isNested = isObject(value) && isObject(input) && !isSecret(input);
    return [key, isNested ? markSecrets(value, input) : secret(value)];
  };
  return Object.fromEntries(Object.entries(state).map(mark));
}

/** The state of an operation, and that of an object that did not become ready, with the marks of its inputs. */
export async function withSecretsOf<State extends { outputs: Properties; inputs?: Properties }>(
  given: Properties,
  operation: Promise<State>,
): Promise<State> {
  try {
    return markState(await operation, given);
  } catch (error) {
    if (!(error instanceof InitializationError)) throw error;
    throw new InitializationError(error.message, markState(error.state, given), error.reasons);
  }
}

function markState<State extends { outputs: Properties; inputs?: Properties }>(
  state: State,
  given: Properties,
): State {
  const { inputs, outputs } = state;
  return {
    ...state,
    outputs: markSecrets(outputs, given),
    ...(inputs === undefined ? {} : { inputs: markSecrets(inputs, given) }),
  };
}
