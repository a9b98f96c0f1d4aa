/* Reads QR codes from the camera: by the browser's own BarcodeDetector where there is one, else by
   jsQR, which is loaded only then. `start` gives every text that it reads, each once in three seconds. */
const doorCamera = (() => {
  const AGAIN = 3000, PAUSE = 120, SIDE = 640;
  const hasOwn = "BarcodeDetector" in window;
  let stream = null, timer = 0, last = "", lastAt = 0;

  const load = (address) => new Promise((well, ill) => {
    if (window.jsQR) { well(); return; }
    const script = document.createElement("script");
    script.src = address;
    script.onload = well;
    script.onerror = ill;
    document.head.append(script);
  });

  async function reader(address) {
    if (hasOwn && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const own = new BarcodeDetector({ formats: ["qr_code"] });
      return async (picture) => (await own.detect(picture))[0]?.rawValue;
    }
    await load(address);
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return async (picture) => {
      const [wide, high] = [picture.videoWidth || picture.width, picture.videoHeight || picture.height];
      const part = Math.min(1, SIDE / Math.max(wide, high, 1));
      canvas.width = Math.max(1, wide * part);
      canvas.height = Math.max(1, high * part);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
      return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
    };
  }

  async function start(video, address, found) {
    const read = await reader(address);
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    video.srcObject = stream;
    await video.play();
    const look = async () => {
      const text = await read(video).catch(() => "");
      if (text && (text !== last || Date.now() - lastAt > AGAIN)) {
        [last, lastAt] = [text, Date.now()];
        found(text);
      }
      if (stream) timer = setTimeout(look, PAUSE);
    };
    look();
  }

  function stop() {
    clearTimeout(timer);
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    last = "";
  }

  return { hasOwn, reader, start, stop };
})();
