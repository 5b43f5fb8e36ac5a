export declare function leaveOutNotedStacks(): void;
