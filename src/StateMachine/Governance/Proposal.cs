using System;
using System.Collections.Generic;
using Chain.Primitives.Bytes;
using Chain.Primitives.Codec;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Governance.Contents;

namespace Chain.StateMachine.Governance;

/// <summary>A change that somebody proposed, on its way through <see cref="ProposalState"/>.</summary>
/// <param name="Disclosure">SHA-256 of the text that explains it; zero for none.</param>
/// <param name="Due">When the present state ends; for an ended one, when the record goes.</param>
/// <param name="HadPanel">There was a panel when it could have spoken.</param>
/// <param name="Deposits">Empty once they went back, or to the treasury.</param>
/// <param name="Delayers">Guardians who want it put off.</param>
/// <param name="Tally">As it was when the voting ended.</param>
/// <param name="Failure">Why a failed one could not take effect.</param>
public sealed record Proposal(
    ulong Id,
    Address Proposer,
    ProposalContent Content,
    Hash256 Disclosure,
    ProposalState State,
    MarketTime OpenedAt,
    MarketTime Due,
    bool HadPanel,
    IReadOnlyList<ProposalDeposit> Deposits,
    IReadOnlyList<PanelOpinion> Opinions,
    IReadOnlyList<Address> Delayers,
    Tally Tally,
    ResultCode Failure)
{
    private const int CodecVersion = 2;
    private const int Arity = 18;

    /// <summary>Accounts that have voted.</summary>
    public ulong Ballots { get; init; }

    /// <summary>ncredit.</summary>
    public ulong Deposited
    {
        get
        {
            ulong sum = 0;
            foreach (ProposalDeposit deposit in Deposits) sum += deposit.Amount;
            return sum;
        }
    }

    public bool HasEnded => State >= ProposalState.Executed;

    /// <summary>
    /// Locks that lie between acceptance and effect. An opinion of the panel that is in favour keeps the least; without one it is
    /// twice as long, against one three times. A chain without a panel has the least.
    /// </summary>
    public ulong Locks
    {
        get
        {
            int balance = 0;
            foreach (PanelOpinion opinion in Opinions) balance += opinion.Choice == VoteChoice.Yes ? 1 : -1;
            if (!HadPanel || balance > 0) return 1;
            return balance == 0 ? 2UL : 3UL;
        }
    }

    public byte[] Encode()
    {
        MessagePackWriter writer = new();
        writer.Array(Arity).UInt(CodecVersion).UInt(Id).Bin(Proposer);
        Content.Write(ref writer);
        writer.Bin(Disclosure).UInt((ulong)State).UInt(OpenedAt.Seconds).UInt(Due.Seconds).Bool(HadPanel);
        writer.Array(Deposits.Count);
        foreach (ProposalDeposit deposit in Deposits) writer.Array(2).Bin(deposit.Depositor).UInt(deposit.Amount);
        writer.Array(Opinions.Count);
        foreach (PanelOpinion opinion in Opinions) writer.Array(2).Bin(opinion.Member).UInt((ulong)opinion.Choice);
        writer.Array(Delayers.Count);
        foreach (Address delayer in Delayers) writer.Bin(delayer);
        Tally.Write(ref writer);
        return writer.UInt((ulong)Failure).UInt(Ballots).ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Proposal proposal, out DecodeError error)
    {
        MessagePackReader reader = new(bytes);
        reader.Array(Arity);
        if (reader.UInt() != CodecVersion) reader.Fail(DecodeCode.Unknown);
        proposal = new Proposal(
            reader.UInt(),
            reader.Address(),
            ProposalContent.Read(ref reader)!,
            reader.Hash256(),
            (ProposalState)reader.UInt8((byte)ProposalState.Expired),
            new MarketTime(reader.UInt()),
            new MarketTime(reader.UInt()),
            reader.Bool(),
            ReadDeposits(ref reader),
            ReadOpinions(ref reader),
            ReadDelayers(ref reader),
            Tally.Read(ref reader),
            (ResultCode)reader.UInt32())
        {
            Ballots = reader.UInt(),
        };
        reader.EndArray();
        return reader.TryFinish(out error);
    }

    private static ProposalDeposit[] ReadDeposits(ref MessagePackReader reader)
    {
        ProposalDeposit[] deposits = new ProposalDeposit[reader.ArrayHeader(GovernanceLimits.DepositorsMax)];
        for (int i = 0; i < deposits.Length && reader.IsOk; i++)
        {
            reader.Array(2);
            deposits[i] = new ProposalDeposit(reader.Address(), reader.UInt());
            reader.EndArray();
        }
        reader.EndArray();
        return deposits;
    }

    private static PanelOpinion[] ReadOpinions(ref MessagePackReader reader)
    {
        PanelOpinion[] opinions = new PanelOpinion[reader.ArrayHeader(GovernanceLimits.MembersMax)];
        for (int i = 0; i < opinions.Length && reader.IsOk; i++)
        {
            reader.Array(2);
            opinions[i] = new PanelOpinion(reader.Address(), (VoteChoice)reader.UInt8((byte)VoteChoice.No));
            reader.EndArray();
        }
        reader.EndArray();
        return opinions;
    }

    private static Address[] ReadDelayers(ref MessagePackReader reader)
    {
        Address[] delayers = new Address[reader.ArrayHeader(GovernanceLimits.MembersMax)];
        for (int i = 0; i < delayers.Length && reader.IsOk; i++) delayers[i] = reader.Address();
        reader.EndArray();
        return delayers;
    }
}
