using System;

namespace Chain.StateMachine.Store;

/// <summary>The store as it was at one moment, whatever is written since. Dispose it before the store.</summary>
public interface IKeyValueSnapshot : IKeyValueReader, IDisposable;
