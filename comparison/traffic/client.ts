/**
 * The client's program, run where the client is: sends requests and prints their outcomes as one line of JSON.
 * Usage: client.ts URL [RESOLVER]
 */
import { httpTransport } from "./http.ts";
import { defaultLoad, sendRequests } from "./requests.ts";

const [url, resolver] = process.argv.slice(2);
if (url === undefined) throw new Error("usage: client.ts URL [RESOLVER]");
console.log(JSON.stringify(await sendRequests(defaultLoad, httpTransport(url, resolver))));
