using System.Collections.Generic;
using System.Numerics;
using Chain.Primitives.Codec;
using Chain.StateMachine.Registry;

namespace Chain.StateMachine.Proof.Capacity;

/// <summary>What a provider has proven of one resource class.</summary>
/// <param name="Challenged">Units of this epoch, fixed before its challenge was drawn.</param>
/// <param name="Marks">One bit for each of them, set when it is proven; the lowest bit of the first word is unit 0.</param>
/// <param name="IsJudged">False until an epoch of the class was judged.</param>
/// <param name="Proven">Resource units, not proof units, that the last judged epoch has proven.</param>
/// <param name="Fails">Units missed since an epoch in which none was.</param>
public sealed record ClassProof(
    ResourceClass Class, ulong Challenged, IReadOnlyList<ulong> Marks, bool IsJudged, ulong Proven, ulong Fails)
{
    private const int WordBits = 64;

    /// <summary>Units of this epoch that are proven.</summary>
    public ulong MarkedCount
    {
        get
        {
            int count = 0;
            foreach (ulong word in Marks) count += BitOperations.PopCount(word);
            return (ulong)count;
        }
    }

    public bool IsMarked(ulong unit) => (Marks[(int)(unit / WordBits)] & (1UL << (int)(unit % WordBits))) != 0;

    public ClassProof WithMark(ulong unit)
    {
        ulong[] marks = [.. Marks];
        marks[unit / WordBits] |= 1UL << (int)(unit % WordBits);
        return this with { Marks = marks };
    }

    /// <summary>A new epoch: as many units, none of them proven yet.</summary>
    public ClassProof Challenge(ulong units) => this with { Challenged = units, Marks = new ulong[WordsOf(units)] };

    public void Write(ref MessagePackWriter writer)
    {
        writer.Array(6).UInt((ulong)Class).UInt(Challenged).Array(Marks.Count);
        foreach (ulong word in Marks) writer.UInt(word);
        writer.Bool(IsJudged).UInt(Proven).UInt(Fails);
    }

    /// <summary>There are as many words as the units need, and no mark beyond the last unit.</summary>
    public static ClassProof Read(ref MessagePackReader reader)
    {
        reader.Array(6);
        ResourceClass resource = (ResourceClass)reader.UInt8();
        if (!ProviderText.IsKnown(resource)) reader.Fail(DecodeCode.OutOfRange);
        ulong challenged = reader.UInt(CapacityLimits.UnitsPerClassMax);
        ulong[] marks = new ulong[WordsOf(challenged)];
        reader.Array(marks.Length);
        for (int i = 0; i < marks.Length; i++) marks[i] = reader.UInt();
        reader.EndArray();
        int last = (int)(challenged % WordBits);
        if (last != 0 && marks[^1] >> last != 0) reader.Fail(DecodeCode.OutOfRange);
        ClassProof proof = new(resource, challenged, marks, reader.Bool(), reader.UInt(), reader.UInt());
        reader.EndArray();
        return proof;
    }

    private static int WordsOf(ulong units) => (int)((units + WordBits - 1) / WordBits);
}
