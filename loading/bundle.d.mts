export declare function programUrl(): Promise<string>;
