// The words of a handover: BIP-39's English list, 2,048 common words told apart by their first four letters. Only the list is used.

import { wordlist } from "@scure/bip39/wordlists/english.js";

export const WORD_LIST: readonly string[] = wordlist;
