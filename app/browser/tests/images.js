// Pictures made and looked at by the browser itself, for the tests of images.

export async function picture(width, height, type) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "red";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "blue";
  context.fillRect(width / 2, 0, width / 2, height);
  const blob = await canvas.convertToBlob({ type });
  return new Uint8Array(await blob.arrayBuffer());
}

export async function corner(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const [red, , blue] = context.getImageData(0, 0, 1, 1).data;
  return red > blue ? "red" : "blue";
}
