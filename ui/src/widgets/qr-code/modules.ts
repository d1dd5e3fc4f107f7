/// A text as the dark and light squares of a QR code, or null when it is too long for one.
import qrcode from "qrcode-generator";

export function modulesOf(text: string): boolean[][] | null {
  try {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const size = Array.from({ length: code.getModuleCount() }, (_, i) => i);
    return size.map((y) => size.map((x) => code.isDark(y, x)));
  } catch {
    return null;
  }
}
