using System;
using System.Collections.Generic;

namespace Chain.StateMachine.Store;

/// <summary>Keys as unsigned bytes, a prefix before what extends it.</summary>
internal sealed class ByteOrder : IComparer<byte[]>
{
    public static readonly ByteOrder Instance = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
