/** One form for every way to write the same address: composed, without surrounding blanks, in small letters. */
export function canonicalEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase()
}
