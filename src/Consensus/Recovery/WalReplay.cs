using System;
using System.Collections.Generic;
using Chain.Consensus.Core;

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
    /// <param name="records">Of that height, from its last <see cref="WalRecord.HeightStarted"/> on; may be empty.</param>
    public static void Run(
        HeightMachine machine, Input.HeightStarted start, IReadOnlyList<WalRecord> records, EffectList effects) =>
        throw new NotImplementedException();
}
