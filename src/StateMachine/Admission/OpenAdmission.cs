using System;
using System.Collections.Generic;
using Chain.Primitives;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;

namespace Chain.StateMachine.Admission;

/// <summary>A proposal that has not found enough votes yet; stored by its hash.</summary>
/// <param name="Opener">The validator who sent it first.</param>
/// <param name="Due">The proposal goes then.</param>
/// <param name="Voters">Addresses of providers, ascending. What their votes weigh is counted anew at each vote.</param>
public sealed record OpenAdmission(Admit Proposal, Address Opener, MarketTime Due, IReadOnlyList<Address> Voters)
{
    private const int CodecVersion = 1;

    /// <summary>Voters kept: a whole set; who has left it makes room for others.</summary>
    private const int VotersMax = Limits.ValidatorsMax;

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        Proposal.WriteFields(ref writer.Array(4 + Admit.FieldCount).UInt(CodecVersion));
        writer.Bin(Opener).UInt(Due.Seconds).Array(Voters.Count);
        foreach (Address voter in Voters) writer.Bin(voter);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out OpenAdmission admission, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(4 + Admit.FieldCount);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        Admit proposal = Admit.ReadFields(ref reader);
        Address opener = reader.Address();
        MarketTime due = new(reader.UInt());
        Address[] voters = new Address[reader.ArrayHeader(VotersMax)];
        for (int i = 0; i < voters.Length && reader.IsOk; i++)
        {
            voters[i] = reader.Address();
            if (i > 0 && voters[i - 1] >= voters[i]) reader.Fail(DecodeCode.OutOfRange);
        }
        reader.EndArray();
        reader.EndArray();
        admission = new OpenAdmission(proposal, opener, due, voters);
        return reader.TryFinish(out error);
    }
}
