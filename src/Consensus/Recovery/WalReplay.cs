using System.Collections.Generic;
using Chain.Consensus.Core;
using Chain.Primitives.Blocks;

namespace Chain.Consensus.Recovery;

/// <summary>Brings a fresh core back to where it stood in the height that was running.</summary>
public static class WalReplay
{
    /// <summary>
    /// Feeds the records of one height in order and drops what they cause, except evidence; then appends what is outstanding
    /// (<see cref="HeightMachine.Resume"/>), which the caller carries out. Nothing is signed or sent in between. A judgement
    /// "valid" counts only when the block itself is among the records; otherwise the block is asked for again.
    /// </summary>
    /// <param name="start">Rebuilt from the state; its wait is replaced by the recorded one.</param>
    /// <param name="records">Those of other heights are passed over; without any of this height, it simply starts.</param>
    public static void Run(
        HeightMachine machine, Input.HeightStarted start, IReadOnlyList<WalRecord> records, EffectList effects)
    {
        List<BlockId> stored = [];
        WalRecord.HeightStarted? started = null;
        foreach (WalRecord record in records)
        {
            if (record.AtHeight != start.Height) continue;
            if (record is WalRecord.BlockStored block) stored.Add(block.BlockId);
            if (record is WalRecord.HeightStarted first) started ??= first;
        }
        if (started is null)
        {
            machine.Apply(start, effects);
            return;
        }
        EffectList caused = new();
        machine.Apply(start with { EmptyBlockWaitMs = started.EmptyBlockWaitMs }, caused);
        foreach (WalRecord record in records)
        {
            if (record.AtHeight != start.Height || InputOf(record, stored) is not { } input) continue;
            machine.Apply(input, caused);
        }
        foreach (Effect effect in caused)
        {
            if (effect is Effect.ReportEvidence) effects.Add(effect);
        }
        machine.Resume(effects);
    }

    /// <summary>The input that wrote a record; null when the others bring its content back.</summary>
    private static Input? InputOf(WalRecord record, List<BlockId> stored) => record switch
    {
        WalRecord.WorkSeen => new Input.WorkAvailable(),
        WalRecord.ProposalSeen seen => new Input.ProposalReceived(seen.Proposal, seen.ReceivedMs),
        WalRecord.VoteSeen seen => new Input.VoteReceived(seen.Vote),
        WalRecord.ValueJudged judged when !judged.IsValid || stored.Contains(judged.BlockId) =>
            new Input.ValueValidated(judged.Height, judged.BlockId, judged.IsValid, judged.Time),
        WalRecord.TimeoutFired fired => new Input.TimeoutElapsed(fired.Timeout),
        _ => null,
    };
}
