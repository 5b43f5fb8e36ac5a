export declare function compile(filename: string): string;
