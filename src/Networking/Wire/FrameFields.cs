using Chain.Primitives.Codec;

namespace Chain.Networking.Wire;

/// <summary>Writes the payload of one frame of the control channel.</summary>
internal delegate void FrameFields(ref MessagePackWriter writer);
