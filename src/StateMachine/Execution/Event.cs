using System.Collections.Generic;
using Chain.Primitives.Codec;

namespace Chain.StateMachine.Execution;

/// <summary>
/// A fact that execution made true, provable through the results hash: what happened to which object, from which state to
/// which, with the amounts. Attributes keep their order; values are plain text without culture.
/// </summary>
public sealed record Event(string Type, IReadOnlyList<EventAttribute> Attributes)
{
    private const int CodecVersion = 1;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        Write(ref writer);
        return writer.ToArray();
    }

    internal void Write(ref MessagePackWriter writer)
    {
        writer.Array(3).UInt(CodecVersion).Str(Type).Array(Attributes.Count);
        foreach (EventAttribute attribute in Attributes) writer.Array(2).Str(attribute.Key).Str(attribute.Value);
    }
}
