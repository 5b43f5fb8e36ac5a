/** OpenStack's APIs with objects that are given, and a list of what they were asked to change. */
import { OpenStackError } from "../../../../../../comparison/clouds/openstack/api/session.ts";
import type { OpenStackApi } from "../../../../../../comparison/clouds/openstack/api/session.ts";

export interface Fake {
  readonly api: OpenStackApi;
  /** Such as `DELETE v2/lbaas/listeners/1`, with the body. */
  readonly asked: string[];
}

/**
 * @param objects by path: a list, or lists that follow one another
 * @param refusals HTTP statuses of the first changes
 */
export function fakeApi(
  objects: Readonly<Record<string, () => readonly unknown[]>>,
  refusals: readonly number[] = [],
): Fake {
  const asked: string[] = [];
  const left = [...refusals];
  const api = {
    list: (_service: string, path: string) => Promise.resolve(objects[path]?.() ?? []),
    ask: (method: string, _service: string, path: string, { body }: { body?: unknown } = {}) => {
      const status = left.shift();
      if (status !== undefined) return Promise.reject(new OpenStackError(status, `refused with ${status}`));
      asked.push([method, path, ...(body === undefined ? [] : [JSON.stringify(body)])].join(" "));
      return Promise.resolve(undefined);
    },
  };
  return { api: api as unknown as OpenStackApi, asked };
}
