import { toast } from '../ui/toast-store.ts';

/** Puts `text` on the clipboard and says so; `what` names it, as in "Link copied". */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ title: `${what} copied` });
  } catch {
    toast({ title: 'The browser does not allow copying', description: text, tone: 'danger' });
  }
}
